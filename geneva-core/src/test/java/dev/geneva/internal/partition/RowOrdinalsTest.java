package dev.geneva.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrdinalsTest {

  @Test
  void numbersAreTheSameInAnotherProcess() {
    for (int partitions : new int[] {1, 2, 3, 1000}) {
      RowOrdinals.Builder builder = new RowOrdinals.Builder();
      IntStream.range(0, 70_001).forEach(row -> builder.add(row % partitions));
      RowOrdinals ordinals = builder.build(IntStream.range(0, partitions).toArray(), partitions);
      for (int wordsEach : new int[] {100, 1 << 20}) {
        RowOrdinals read = RowOrdinals.of(part -> ordinals.part(part, wordsEach));
        assertThat(read.partitions()).isEqualTo(partitions);
        assertThat(read.count()).isEqualTo(70_001);
        for (long row = 0; row < ordinals.count(); row++) {
          assertThat(read.get(row)).isEqualTo(ordinals.get(row));
        }
      }
    }
  }

  @Test
  void partsAreAsLongAsAskedForButTheLast() {
    RowOrdinals.Builder builder = new RowOrdinals.Builder();
    IntStream.range(0, 6_400).forEach(row -> builder.add(row % 2));
    RowOrdinals ordinals = builder.build(new int[] {0, 1}, 2); // 100 words and one to read beyond

    assertThat(ordinals.parts(50)).isEqualTo(3);
    assertThat(ordinals.parts(101)).isEqualTo(1);
    assertThat(ordinals.part(0, 50)).hasSize(16 + 50 * Long.BYTES);
    assertThat(ordinals.part(2, 50)).hasSize(16 + Long.BYTES);
  }

  @Test
  void somethingElseIsRefused() {
    assertThatThrownBy(() -> RowOrdinals.of(part -> new byte[17]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No row ordinals: 17 bytes");
    assertThatThrownBy(() -> RowOrdinals.of(part -> ByteBuffer.allocate(32).putInt(3).array()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No row ordinals: 0 rows of 3"); // and yet two words
  }
}
