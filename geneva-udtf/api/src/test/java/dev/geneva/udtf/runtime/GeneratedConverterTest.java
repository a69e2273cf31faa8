package dev.geneva.udtf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.udtf.ArrowRecordConverter.RowReader;
import dev.geneva.udtf.runtime.Trips.Stop;
import dev.geneva.udtf.runtime.Trips.StopConverter;
import dev.geneva.udtf.runtime.Trips.Trip;
import dev.geneva.udtf.runtime.Trips.TripConverter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneratedConverterTest {

  private static final Stop HOME = new Stop(1, "home", "a note");
  private static final Stop NAMELESS = new Stop(2, null, null);

  private final BufferAllocator allocator = new RootAllocator();
  private final TripConverter converter = new TripConverter();

  @AfterEach
  void everythingIsReleased() {
    allocator.close();
  }

  private static Trip trip() {
    return new Trip(
        7, HOME, HOME, List.of(HOME), Map.of("a", 1), new float[] {1, 2}, new byte[] {1, 2, 3});
  }

  private static Trip tripFrom(Stop start, Stop end, List<Stop> stops) {
    return new Trip(7, start, end, stops, Map.of(), new float[2], new byte[3]);
  }

  private VectorSchemaRoot root() {
    return VectorSchemaRoot.create(converter.schema(), allocator);
  }

  @Test
  void aReaderSeesWhatTheRootHoldsAtTheTimeOfTheCall() {
    try (VectorSchemaRoot root = root()) {
      RowReader<Trip> reader = converter.reader(root);
      for (int rows : new int[] {3, 0, 5000, 1}) {
        converter.write(new ArrayList<>(Collections.nCopies(rows, trip())), root);

        assertThat(root.getRowCount()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
          assertThat(reader.read(row)).usingRecursiveComparison().isEqualTo(trip());
        }
      }
    }
  }

  @Test
  void aNullStructHidesWhatItsColumnsHold() {
    try (VectorSchemaRoot root = root()) {
      converter.write(List.of(tripFrom(null, HOME, List.of()), trip()), root);

      StructVector start = (StructVector) root.getVector("start");
      assertThat(start.isNull(0)).isTrue();
      // No reader is to find a null in a column that is declared non-null.
      assertThat(start.getChild("name").getNullCount()).isZero();
      assertThat(start.getChild("id").getNullCount()).isZero();
      assertThat(converter.reader(root).read(0).start()).isNull();
      assertThat(converter.reader(root).read(1).start()).isEqualTo(HOME);
    }
  }

  @Test
  void aValueThatDoesNotFitIsNamedByRecordAndColumnAndLeavesTheRootEmpty() {
    Map<String, Integer> missing = new HashMap<>();
    missing.put("a", null);
    Trip shortVector = new Trip(1, HOME, HOME, List.of(), Map.of(), new float[3], new byte[3]);
    Trip shortKey = new Trip(1, HOME, HOME, List.of(), Map.of(), new float[2], new byte[2]);
    Trip nullVector = new Trip(1, HOME, HOME, List.of(), Map.of(), null, new byte[3]);
    Trip nullCount = new Trip(1, HOME, HOME, List.of(), missing, new float[2], new byte[3]);
    try (VectorSchemaRoot root = root()) {
      assertRefused(
          root,
          shortVector,
          IllegalArgumentException.class,
          "record 1: column 'vector' has 3 elements, not 2");
      assertRefused(
          root,
          shortKey,
          IllegalArgumentException.class,
          "record 1: column 'key' has 2 bytes, not 3");
      assertRefused(root, nullVector, NullPointerException.class, isNull("vector"));
      assertRefused(
          root, tripFrom(HOME, null, List.of()), NullPointerException.class, isNull("end"));
      assertRefused(
          root,
          tripFrom(NAMELESS, HOME, List.of()),
          NullPointerException.class,
          isNull("start.name"));
      assertRefused(root, tripFrom(HOME, HOME, null), NullPointerException.class, isNull("stops"));
      assertRefused(
          root,
          tripFrom(HOME, HOME, Arrays.asList(HOME, null)),
          NullPointerException.class,
          isNull("stops[1]"));
      assertRefused(
          root,
          tripFrom(HOME, HOME, List.of(HOME, HOME, NAMELESS)),
          NullPointerException.class,
          isNull("stops[2].name"));
      assertRefused(root, nullCount, NullPointerException.class, isNull("counts[0]"));
      assertRefused(
          root,
          tripFrom(HOME, new Stop(1, "\ud800", null), List.of()),
          IllegalArgumentException.class,
          "record 1: column 'end.name' holds a string with half a surrogate pair, which UTF-8 can't say");
      assertRefused(root, null, NullPointerException.class, "record 1 is null");
    }
  }

  private static String isNull(String column) {
    return "record 1: column '" + column + "' is null, but its component isn't @Nullable";
  }

  private void assertRefused(
      VectorSchemaRoot root, Trip bad, Class<? extends RuntimeException> type, String message) {
    assertThatThrownBy(() -> converter.write(Arrays.asList(trip(), bad), root))
        .isExactlyInstanceOf(type)
        .hasMessage(message);
    assertThat(root.getRowCount()).isZero();
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void aRootOfAnotherSchemaIsRefused() {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(new StopConverter().schema(), allocator)) {
      assertThatThrownBy(() -> converter.write(List.of(trip()), root))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the root has not the columns of " + Trip.class.getName());
      assertThatThrownBy(() -> converter.reader(root))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "no column 'start', which %s needs; there are ['id', 'name', 'note']"
                  .formatted(Trip.class.getName()));
    }
  }

  @Test
  void columnsAreFoundByNameInAnyOrderWhateverTheirNullability() {
    Schema schema =
        new Schema(
            List.of(
                Field.nullable("note", MinorType.VARCHAR.getType()),
                Field.nullable("extra", MinorType.FLOAT8.getType()),
                Field.nullable("name", MinorType.VARCHAR.getType()),
                Field.nullable("id", MinorType.BIGINT.getType())));
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      ((BigIntVector) root.getVector("id")).setSafe(0, 5);
      ((VarCharVector) root.getVector("name")).setSafe(0, "x".getBytes(StandardCharsets.UTF_8));
      ((BigIntVector) root.getVector("id")).setSafe(1, 6);
      root.setRowCount(2);
      RowReader<Stop> reader = new StopConverter().reader(root);

      assertThat(reader.read(0)).isEqualTo(new Stop(5, "x", null));
      assertThatThrownBy(() -> reader.read(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("row 1: column 'name' is null, but its component isn't @Nullable");
    }
  }

  @Test
  void aColumnOfAnotherTypeIsRefused() {
    Schema schema =
        new Schema(
            List.of(
                Field.nullable("id", MinorType.INT.getType()),
                Field.nullable("name", MinorType.VARCHAR.getType()),
                Field.nullable("note", MinorType.VARCHAR.getType())));
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      assertThatThrownBy(() -> new StopConverter().reader(root))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "column 'id' is Int(32, true), but %s needs Int(64, true)"
                  .formatted(Stop.class.getName()));
    }
  }

  @Test
  void nullsWhereThereCanBeNoneAreNamedWhenTheyAreRead() {
    try (VectorSchemaRoot root = root()) {
      converter.write(List.of(trip(), tripFrom(HOME, HOME, List.of(HOME, HOME))), root);
      RowReader<Trip> reader = converter.reader(root);

      FixedSizeListVector vector = (FixedSizeListVector) root.getVector("vector");
      vector.getDataVector().setNull(3);
      assertThatThrownBy(() -> reader.read(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("row 1: column 'vector' holds null in element 1, which its array can't");

      converter.write(List.of(trip(), tripFrom(HOME, HOME, List.of(HOME, HOME))), root);
      FieldVector names = ((StructVector) root.getVector("end")).getChild("name");
      names.setNull(0);
      assertThatThrownBy(() -> reader.read(0))
          .hasMessage("row 0: column 'end.name' is null, but its component isn't @Nullable");
    }
  }
}
