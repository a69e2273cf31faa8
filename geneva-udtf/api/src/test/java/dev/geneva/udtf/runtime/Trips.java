package dev.geneva.udtf.runtime;

import dev.geneva.udtf.ArrowRecordConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Records and their converters as the processor would write them, for tests of what they use. */
final class Trips {

  private Trips() {}

  private static <R, T> List<T> values(List<? extends R> records, Function<R, T> component) {
    List<T> values = new ArrayList<>();
    for (R present : records) {
      values.add(present == null ? null : component.apply(present));
    }
    return values;
  }

  record Stop(long id, String name, @Nullable String note) {}

  record Trip(
      long id,
      @Nullable Stop start,
      Stop end,
      List<Stop> stops,
      Map<String, Integer> counts,
      float[] vector,
      byte[] key) {}

  static final class StopConverter extends GeneratedConverter<Stop> {
    private static final Column<Long> ID = Column.of("id", Codecs.int64());
    private static final Column<String> NAME = Column.of("name", Codecs.text());
    private static final Column<String> NOTE = Column.nullable("note", Codecs.text());
    private static final Schema SCHEMA = Column.schemaOf(ID, NAME, NOTE);

    StopConverter() {
      super(Stop.class, SCHEMA);
    }

    @Override
    protected void writeColumns(List<? extends Stop> records, List<FieldVector> vectors) {
      Mask mask = maskOf(records);
      writeIds(records, vectors.get(0));
      NAME.write(values(records, Stop::name), mask, vectors.get(1));
      NOTE.write(values(records, Stop::note), mask, vectors.get(2));
    }

    private static void writeIds(List<? extends Stop> records, FieldVector vector) {
      ArrowBuf data = Primitives.allocate(vector, records.size());
      long offset = 0;
      for (Stop present : records) {
        if (present != null) {
          data.setLong(offset, present.id());
        }
        offset += Long.BYTES;
      }
    }

    @Override
    protected ArrowRecordConverter.RowReader<Stop> readColumns(List<FieldVector> vectors) {
      BigIntVector id = (BigIntVector) vectors.get(0);
      ColumnReader<String> name = NAME.reader(vectors.get(1));
      ColumnReader<String> note = NOTE.reader(vectors.get(2));
      return row -> new Stop(Primitives.read(id, row), name.read(row), note.read(row));
    }
  }

  static final class TripConverter extends GeneratedConverter<Trip> {
    private static final Column<Long> ID = Column.of("id", Codecs.int64());
    private static final Column<Stop> START =
        Column.nullable("start", Codecs.structOf(new StopConverter()));
    private static final Column<Stop> END = Column.of("end", Codecs.structOf(new StopConverter()));
    private static final Column<List<Stop>> STOPS =
        Column.of("stops", Codecs.listOf(Codecs.structOf(new StopConverter())));
    private static final Column<Map<String, Integer>> COUNTS =
        Column.of("counts", Codecs.mapOf(Codecs.text(), Codecs.int32()));
    private static final Column<float[]> VECTOR =
        Column.of("vector", Codecs.arrayOf(ArrayElements.floats(), 2));
    private static final Column<byte[]> KEY = Column.of("key", Codecs.fixedBinary(3));
    private static final Schema SCHEMA =
        Column.schemaOf(ID, START, END, STOPS, COUNTS, VECTOR, KEY);

    TripConverter() {
      super(Trip.class, SCHEMA);
    }

    @Override
    protected void writeColumns(List<? extends Trip> records, List<FieldVector> vectors) {
      Mask mask = maskOf(records);
      ID.write(values(records, Trip::id), mask, vectors.get(0));
      START.write(values(records, Trip::start), mask, vectors.get(1));
      END.write(values(records, Trip::end), mask, vectors.get(2));
      STOPS.write(values(records, Trip::stops), mask, vectors.get(3));
      COUNTS.write(values(records, Trip::counts), mask, vectors.get(4));
      VECTOR.write(values(records, Trip::vector), mask, vectors.get(5));
      KEY.write(values(records, Trip::key), mask, vectors.get(6));
    }

    @Override
    protected ArrowRecordConverter.RowReader<Trip> readColumns(List<FieldVector> vectors) {
      ColumnReader<Long> id = ID.reader(vectors.get(0));
      ColumnReader<Stop> start = START.reader(vectors.get(1));
      ColumnReader<Stop> end = END.reader(vectors.get(2));
      ColumnReader<List<Stop>> stops = STOPS.reader(vectors.get(3));
      ColumnReader<Map<String, Integer>> counts = COUNTS.reader(vectors.get(4));
      ColumnReader<float[]> vector = VECTOR.reader(vectors.get(5));
      ColumnReader<byte[]> key = KEY.reader(vectors.get(6));
      return row ->
          new Trip(
              id.read(row),
              start.read(row),
              end.read(row),
              stops.read(row),
              counts.read(row),
              vector.read(row),
              key.read(row));
    }
  }
}
