package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.Cut;
import dev.geneva.internal.fixture.RandomBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScatterTest {

  private static final int ROWS = 100;

  private RootAllocator allocator;

  @BeforeEach
  void openAllocator() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  /** All but those that no table has. */
  static List<Field> fields() {
    return RandomBatch.FIELDS.stream()
        .filter(field -> !(field.getType() instanceof ArrowType.Union))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void eachRowIsAtItsPlaceWhateverTheColumn(Field field) {
    Random random = new Random(7);
    Schema schema = new Schema(List.of(field));
    List<Integer> places = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(places, random);
    try (VectorSchemaRoot first = RandomBatch.of(schema.getFields(), ROWS, 0.3, random, allocator);
        VectorSchemaRoot large =
            RandomBatch.of(schema.getFields(), 8 + ROWS, 0.3, random, allocator);
        VectorSchemaRoot second =
            RandomBatch.NO_UNIONS_OR_VIEWS.contains(field)
                ? Cut.from(large, 8, allocator)
                : large.slice(8);
        Scatter scatter = new Scatter(schema, ROWS, allocator)) {
      // Every other row of the first batch, no row of it again, every other of the second.
      Object[] expected = new Object[ROWS];
      add(scatter, first, places.subList(0, ROWS / 2), expected);
      scatter.add(first, new int[0], new int[0], 0);
      add(scatter, second, places.subList(ROWS / 2, ROWS), expected);
      try (VectorSchemaRoot result = scatter.finish()) {
        assertThat(result.getRowCount()).isEqualTo(ROWS);
        FieldVector column = result.getVector(0);
        assertThat(column.getValueCount()).isEqualTo(ROWS);
        for (int row = 0; row < ROWS; row++) {
          assertThat(column.getObject(row)).as("row %d", row).isEqualTo(expected[row]);
        }
      }
    }
  }

  private static void add(
      Scatter scatter, VectorSchemaRoot batch, List<Integer> places, Object[] expected) {
    int[] from = new int[places.size()];
    int[] to = new int[places.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = 2 * i;
      to[i] = places.get(i);
      expected[to[i]] = batch.getVector(0).getObject(from[i]);
    }
    scatter.add(batch, from, to, from.length);
  }

  @Test
  void noRowsAreARootWithoutRows() {
    Schema schema = new Schema(List.of(Field.nullable("s", ArrowType.Utf8.INSTANCE)));
    try (Scatter scatter = new Scatter(schema, 0, allocator);
        VectorSchemaRoot result = scatter.finish()) {
      assertThat(result.getRowCount()).isZero();
      assertThat(result.getSchema()).isEqualTo(schema);
    }
  }

  @Test
  void whatWasNotFinishedIsReleasedByTheClose() {
    Schema schema =
        new Schema(
            List.of(
                Field.nullable("n", new ArrowType.Int(64, true)),
                Field.nullable("s", ArrowType.Utf8.INSTANCE)));
    try (VectorSchemaRoot batch =
        RandomBatch.of(schema.getFields(), 10, 0.3, new Random(1), allocator)) {
      long before = allocator.getAllocatedMemory();
      try (Scatter scatter = new Scatter(schema, 10, allocator)) {
        int[] all = IntStream.range(0, 10).toArray();
        scatter.add(batch, all, all, 10);
        assertThat(allocator.getAllocatedMemory()).isGreaterThan(before);
      }
      assertThat(allocator.getAllocatedMemory()).isEqualTo(before);
    }
  }

  @Test
  void aColumnThatDoesNotFitLeavesNothingOfTheOthers() {
    Schema schema =
        new Schema(
            List.of(
                Field.nullable("a", new ArrowType.Int(64, true)),
                Field.nullable("b", new ArrowType.Int(64, true))));
    try (BufferAllocator small = allocator.newChildAllocator("small", 0, 12_000)) {
      assertThatThrownBy(() -> new Scatter(schema, 1_000, small))
          .isInstanceOf(OutOfMemoryException.class);
      assertThat(small.getAllocatedMemory()).isZero();
    }
  }
}
