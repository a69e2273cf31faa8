package dev.geneva.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Column;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.partition.Assignment;
import dev.geneva.internal.partition.ColumnPartitioner;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.FewRows;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;
import org.lance.WriteParams.WriteMode;
import org.lance.compaction.CompactionOptions;
import org.lance.merge.MergeInsertParams;

/** Rows that are read by their ids: the same as by a scan of all, and only they. */
class FewRowsTest {

  private static final int WIDTH = 128;

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.nullable("id", new ArrowType.Int(64, true)),
              Field.nullable("k", new ArrowType.Int(32, true)),
              Field.nullable("f", new ArrowType.Int(32, true)),
              Field.nullable("name", ArrowType.Utf8.INSTANCE),
              new Field(
                  "v",
                  FieldType.nullable(new ArrowType.FixedSizeList(WIDTH)),
                  List.of(
                      Field.nullable(
                          "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))))));

  private static final List<String> FILTERS =
      List.of("f < 5", "f = 3", "name IS NOT NULL AND id % 3 <> 0", "k <> 2", "true", "false");

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id"),
          Column.of("name"),
          Column.of("v"),
          Column.of("f"),
          Column.of("twice", "id * 2"),
          Column.of("upper", "upper(name)"),
          Column.of("one", "CAST(1 AS INT)"));

  @Property(tries = 25, seed = "7", shrinking = ShrinkingMode.OFF)
  void theyAreThoseThatAScanOfAllGives(@ForAll long seed, @ForAll boolean stableRowIds)
      throws IOException {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("few-rows");
    try (TestDatabase database = new TestDatabase(folder)) {
      String history = makeHistory(database, random, stableRowIds);
      try (LanceDataset source = database.open("source")) {
        for (int i = 0; i < 3; i++) {
          QuerySpec query = query(random);
          check(source, query, random, history + query, database.allocator());
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static void check(
      LanceDataset source,
      QuerySpec query,
      Random random,
      String description,
      BufferAllocator allocator) {
    Assignment assignment = assignment(source, query, allocator);
    List<Partition> some = new ArrayList<>();
    for (int i = 0; i < assignment.keys().size(); i++) {
      if (random.nextInt(4) == 0) {
        some.add(partition(assignment, i));
      }
    }
    QueryScan scan = QueryScan.of(source, query);
    OptionalInt atATime = OptionalInt.of(List.of(17, 50, 8192).get(random.nextInt(3)));
    int batch = 1 + random.nextInt(20);
    try (SplitRows scanned = read(scan, assignment, some, OptionalInt.empty(), allocator);
        SplitRows fetched = read(scan, assignment, some, atATime, allocator)) {
      for (Partition partition : some) {
        List<List<@Nullable Object>> expected = rows(scanned.of(partition), batch, allocator);
        assertThat(expected).hasSize((int) partition.rows());
        assertThat(rows(fetched.of(partition), batch, allocator))
            .as(description)
            .isEqualTo(expected);
        PartitionRows streamed = streamed(scan, assignment, partition, atATime);
        assertThat(rows(streamed, batch, allocator)).as(description).isEqualTo(expected);
        assertThat(rows(streamed, 8192, allocator)).as("again").isEqualTo(expected);
        try (VectorSchemaRoot all = streamed.all(allocator, allocator)) {
          assertThat(rows(all)).as(description).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void onlyTheyAreRead(@TempDir Path folder) {
    int rows = 20_000;
    try (TestDatabase database = new TestDatabase(folder)) {
      write(database, WriteMode.CREATE, false, 0, rows, new Random(1));
      AtomicLong allocated = new AtomicLong();
      AllocationListener listener =
          new AllocationListener() {
            @Override
            public void onAllocation(long size) {
              allocated.addAndGet(size);
            }
          };
      try (LanceDataset source = database.open("source");
          BufferAllocator counted = new RootAllocator(listener, Long.MAX_VALUE)) {
        QuerySpec query = QuerySpec.all("source", null);
        Assignment assignment =
            assignment(source, query, "id", database.allocator()); // each row is a partition
        QueryScan scan = QueryScan.of(source, query);
        List<Partition> two = List.of(partition(assignment, 7), partition(assignment, 15_000));
        long bytesOfIds = rows * 8L;

        read(scan, assignment, two, OptionalInt.empty(), counted).close();
        assertThat(allocated.getAndSet(0)).isGreaterThan(4L * rows * WIDTH);
        read(scan, assignment, two, OptionalInt.of(100), counted).close();
        assertThat(allocated.getAndSet(0)).isLessThan(bytesOfIds * 3);
        PartitionRows streamed =
            streamed(scan, assignment, partition(assignment, 7), OptionalInt.of(100));
        assertThat(rows(streamed, 100, counted))
            .singleElement()
            .satisfies(row -> assertThat(row.get(0)).isEqualTo(7L));
        assertThat(allocated.getAndSet(0)).isLessThan(bytesOfIds * 3);
        assertThat(rows(streamed, 100, counted)).hasSize(1);
        assertThat(allocated.get()).as("the ids are known").isLessThan(bytesOfIds / 2);
      }
    }
  }

  @Test
  void otherRowsThanWerePlannedAreAnError(@TempDir Path folder) {
    try (TestDatabase database = new TestDatabase(folder)) {
      write(database, WriteMode.CREATE, false, 0, 100, new Random(1));
      QuerySpec query = QuerySpec.all("source", null);
      Assignment planned;
      try (LanceDataset source = database.open("source")) {
        planned = assignment(source, query, "id", database.allocator());
      }
      database.raw("source").delete("id = 50");
      try (LanceDataset source = database.open("source")) {
        QueryScan scan = QueryScan.of(source, query);
        List<Partition> last = List.of(partition(planned, 99));
        for (OptionalInt atATime : List.of(OptionalInt.empty(), OptionalInt.of(10))) {
          assertThatThrownBy(() -> read(scan, planned, last, atATime, database.allocator()))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("99 instead of 100, of which 0 instead of 1 are wanted");
        }
      }
    }
  }

  @Test
  void whetherItPaysDependsOnHowManyOfHowWideRows() {
    assertThat(FewRows.idsAtATime(20, 200_000, () -> 525)).hasValue(8192);
    assertThat(FewRows.idsAtATime(1_999, 200_000, () -> 525)).hasValue(8192);
    assertThat(FewRows.idsAtATime(2_000, 200_000, () -> 525)).as("a hundredth").isEmpty();
    assertThat(FewRows.idsAtATime(5_000, 1_000_000, () -> 29)).as("narrow").isEmpty();
    assertThat(FewRows.idsAtATime(500, 1_000_000, () -> 29)).hasValue(8192);
    assertThat(FewRows.idsAtATime(1, 1_000_000, () -> 5)).as("as narrow as an id").isEmpty();
    assertThat(FewRows.idsAtATime(1, 1_000, () -> 525)).as("small anyway").isEmpty();
    assertThat(FewRows.idsAtATime(0, 0, () -> 525)).isEmpty();
    assertThat(FewRows.idsAtATime(50, 100_000, () -> 1L << 20)).as("32 MiB").hasValue(32);
    assertThat(FewRows.idsAtATime(50, 100_000, () -> 1L << 30)).hasValue(1);
  }

  private static SplitRows read(
      QueryScan scan,
      Assignment assignment,
      List<Partition> partitions,
      OptionalInt idsAtATime,
      BufferAllocator allocator) {
    return SplitRows.read(
        scan, assignment.ordinals(), partitions, idsAtATime, new Cancellation(), allocator);
  }

  private static PartitionRows streamed(
      QueryScan scan, Assignment assignment, Partition partition, OptionalInt idsAtATime) {
    RowOrdinals ordinals = assignment.ordinals();
    return new StreamedPartition(scan, ordinals, partition, idsAtATime, new Cancellation());
  }

  private static Partition partition(Assignment assignment, int ordinal) {
    return new Partition(
        ordinal, Optional.of(assignment.keys().get(ordinal)), assignment.rows().get(ordinal));
  }

  private static Assignment assignment(
      LanceDataset source, QuerySpec query, BufferAllocator allocator) {
    return assignment(source, query, "k", allocator);
  }

  private static Assignment assignment(
      LanceDataset source, QuerySpec query, String key, BufferAllocator allocator) {
    try (ArrowReader rows =
        QueryScan.of(source, query.withColumns(List.of(Column.of(key)))).batches(100, allocator)) {
      return ColumnPartitioner.partition(key, rows);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<List<@Nullable Object>> rows(
      PartitionRows partition, int batchSize, BufferAllocator allocator) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ArrowReader reader = partition.batches(batchSize, allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        assertThat(batch.getRowCount()).isLessThanOrEqualTo(batchSize);
        assertThat(batch.getSchema()).isEqualTo(partition.schema());
        rows.addAll(rows(batch));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return rows;
  }

  private static List<List<@Nullable Object>> rows(VectorSchemaRoot batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.getRowCount(); row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (FieldVector vector : batch.getFieldVectors()) {
        Object value = vector.getObject(row); // a list's JSON: its class knows no equality
        values.add(value == null || value instanceof Number ? value : value.toString());
      }
      rows.add(values);
    }
    return rows;
  }

  private static QuerySpec query(Random random) {
    QuerySpec query = QuerySpec.all("source", null);
    List<Column> columns = new ArrayList<>(COLUMNS);
    columns.removeIf(column -> random.nextInt(3) == 0);
    query = columns.isEmpty() ? query : query.withColumns(columns);
    if (random.nextBoolean()) {
      query = query.withPredicate(FILTERS.get(random.nextInt(FILTERS.size())));
    }
    query = random.nextInt(3) == 0 ? query.withOffset(random.nextInt(60)) : query;
    query = random.nextInt(3) == 0 ? query.withLimit(random.nextInt(200)) : query;
    return random.nextInt(3) == 0 ? query.withRowIds() : query;
  }

  /** Makes a table as it may have become, and says how. */
  private static String makeHistory(TestDatabase database, Random random, boolean stableRowIds) {
    StringBuilder history = new StringBuilder(stableRowIds ? "stable ids" : "");
    int next = 100;
    write(database, WriteMode.CREATE, stableRowIds, 0, next, random);
    for (int i = random.nextInt(8); i > 0; i--) {
      int from = random.nextInt(next);
      int step = random.nextInt(7);
      history.append(", step ").append(step).append(" from ").append(from);
      switch (step) {
        case 0 -> {
          write(database, WriteMode.APPEND, stableRowIds, next, next + 60, random);
          next += 60;
        }
        case 1 -> database.raw("source").delete("id >= %d AND id < %d".formatted(from, from + 30));
        case 2 -> database.raw("source").delete("id % 7 = " + from % 7);
        case 3 -> update(database, from, Math.min(next, from + 20), random);
        case 4 -> database.raw("source").compact();
        case 5 -> database.raw("source").createIndex(from % 2 == 0 ? "f" : "k");
        default -> change(database, FewRowsTest::compactAndRemapLater);
      }
    }
    return history.append(": ").toString();
  }

  private static void compactAndRemapLater(Dataset dataset) {
    // Lance refuses it for stable ids.
    dataset.compact(
        CompactionOptions.builder().withDeferIndexRemap(!dataset.hasStableRowIds()).build());
  }

  private static void change(TestDatabase database, Consumer<Dataset> change) {
    try (Dataset dataset =
        Dataset.open()
            .allocator(database.allocator())
            .uri(database.table("source").toString())
            .build()) {
      change.accept(dataset);
    }
  }

  private static void write(
      TestDatabase database, WriteMode mode, boolean stable, int from, int to, Random random) {
    try (OneBatch batch = new OneBatch(from, to, random, database.allocator())) {
      Dataset.write()
          .allocator(database.allocator())
          .reader(batch)
          .uri(database.table("source").toString())
          .mode(mode)
          .enableStableRowIds(stable)
          .maxRowsPerFile(to > 1000 ? 10_000 : 40)
          .execute()
          .close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void update(TestDatabase database, int from, int to, Random random) {
    change(
        database,
        dataset -> {
          BufferAllocator allocator = database.allocator();
          try (OneBatch rows = new OneBatch(from, to, random, allocator);
              ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            dataset
                .mergeInsert(
                    new MergeInsertParams(List.of("id"))
                        .withMatchedUpdateAll()
                        .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing),
                    stream)
                .dataset()
                .close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Rows with the ids of a range and random values. */
  private static final class OneBatch extends ArrowReader {
    private final int from;
    private final int to;
    private final Random random;
    private boolean given;

    OneBatch(int from, int to, Random random, BufferAllocator allocator) {
      super(allocator);
      this.from = from;
      this.to = to;
      this.random = random;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      VectorSchemaRoot root = getVectorSchemaRoot();
      root.clear();
      if (given) {
        return false;
      }
      given = true;
      FixedSizeListVector lists = (FixedSizeListVector) root.getVector("v");
      Float4Vector floats = (Float4Vector) lists.getDataVector();
      lists.setInitialCapacity(to - from);
      lists.allocateNew();
      for (int row = 0; row < to - from; row++) {
        ((BigIntVector) root.getVector("id")).setSafe(row, from + row);
        if (random.nextInt(10) > 0) {
          ((IntVector) root.getVector("k")).setSafe(row, random.nextInt(12));
        }
        ((IntVector) root.getVector("f")).setSafe(row, random.nextInt(8));
        if (random.nextInt(10) > 0) {
          byte[] name = ("row " + random.nextInt(1000)).getBytes(UTF_8);
          ((VarCharVector) root.getVector("name")).setSafe(row, name);
        }
        if (random.nextInt(10) > 0) {
          lists.setNotNull(row);
        }
        for (int i = 0; i < WIDTH; i++) {
          floats.setSafe(row * WIDTH + i, random.nextInt(1000));
        }
      }
      root.setRowCount(to - from);
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return SCHEMA;
    }
  }
}
