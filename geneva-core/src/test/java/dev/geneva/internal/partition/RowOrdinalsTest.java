package dev.geneva.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrdinalsTest {

  @Test
  void numbersAreTheSameInAnotherProcess() {
    for (int partitions : new int[] {1, 2, 3, 1000}) {
      RowOrdinals.Builder builder = new RowOrdinals.Builder();
      IntStream.range(0, 70_001).forEach(row -> builder.add(row % partitions));
      RowOrdinals ordinals = builder.build(IntStream.range(0, partitions).toArray(), partitions);
      RowOrdinals read = RowOrdinals.of(ordinals.toBytes());
      assertThat(read.partitions()).isEqualTo(partitions);
      assertThat(read.count()).isEqualTo(70_001);
      for (long row = 0; row < ordinals.count(); row++) {
        assertThat(read.get(row)).isEqualTo(ordinals.get(row));
      }
    }
  }

  @Test
  void somethingElseIsRefused() {
    assertThatThrownBy(() -> RowOrdinals.of(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No row ordinals: 17 bytes");
    assertThatThrownBy(
            () -> RowOrdinals.of(new byte[] {0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No row ordinals: 256 rows of 3");
  }
}
