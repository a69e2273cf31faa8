package dev.geneva.internal.run;

import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.udtf.PartitionKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** A source of ids, an empty view, and what a task needs around it. Closing it finds leaks. */
final class RunFixture implements AutoCloseable {

  static final int ROWS = 300;

  private final Counters counters = new Counters();
  private final Cancellation cancellation = new Cancellation();
  private final AttemptWatch watch =
      new AttemptWatch("view", cancellation, Optional.empty(), Optional.empty());
  private final TestDatabase database;
  private final LanceDataset source;
  private final BufferAllocator batches;

  RunFixture(Path folder) {
    database = new TestDatabase(folder);
    database.create("source", 0, ROWS);
    database.storage().create("view", IdRows.SCHEMA);
    source = database.open("source");
    batches = database.allocator().newChildAllocator("batches", 0, Long.MAX_VALUE);
  }

  Counters counters() {
    return counters;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  TestDatabase database() {
    return database;
  }

  /** Where batches on their way to the storage are. */
  BufferAllocator batches() {
    return batches;
  }

  Workplace workplace(int partitions) {
    return workplace(partitions, Optional.empty());
  }

  Workplace workplace(int partitions, Optional<RowOrdinals> ordinals) {
    return workplace(partitions, ordinals, Checkpoints.NONE);
  }

  Workplace workplace(int partitions, Checkpoints checkpoints) {
    return workplace(partitions, Optional.empty(), checkpoints);
  }

  private Workplace workplace(
      int partitions, Optional<RowOrdinals> ordinals, Checkpoints checkpoints) {
    return new Workplace(
        ordinals,
        database.storage(),
        source,
        batches,
        false,
        counters,
        new SkipCount(partitions),
        checkpoints,
        watch,
        cancellation);
  }

  /** Runs one task, each of whose partitions is the whole source; their keys are their numbers. */
  TaskResult run(int partitions) {
    return run(partitions, null);
  }

  TaskResult run(int partitions, @Nullable Long memoryBytes) {
    return new TaskRunner(job(memoryBytes), workplace(partitions)).run(task(partitions), () -> {});
  }

  /** What {@link ScriptedUdtf} does with the source. */
  Job job() {
    return job(null);
  }

  private Job job(@Nullable Long memoryBytes) {
    return new Job(
        "refresh",
        "view",
        QuerySpec.all("source", null),
        source.version(),
        List.of(),
        ScriptedUdtf.class.getName(),
        "{}",
        memoryBytes);
  }

  /** One task, each of whose partitions is the whole source; their keys are their numbers. */
  Task task(int partitions) {
    List<Partition> all =
        IntStream.range(0, partitions)
            .mapToObj(i -> new Partition(i, Optional.of(new PartitionKey.Value("part", i)), ROWS))
            .toList();
    return new Task(0, all, false);
  }

  /** The ids that a result has staged, in the order in which the view would have them. */
  List<Long> ids(TaskResult result) {
    return ids(result.groups());
  }

  /** The ids that groups have, in the order in which the view would have them. */
  List<Long> ids(List<FileGroup> groups) {
    List<StagedFile> files = groups.stream().flatMap(group -> group.files().stream()).toList();
    try (LanceDataset view = database.open("view");
        LanceDataset committed =
            database.storage().overwrite(view, files, IdRows.SCHEMA, Map.of("generation", "1"))) {
      return database.ids(committed);
    }
  }

  /** A batch of ids. */
  static VectorSchemaRoot batch(BufferAllocator allocator, long begin, int rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(IdRows.SCHEMA, allocator);
    IdRows.fill(root, begin, rows);
    return root;
  }

  @Override
  public void close() {
    batches.close();
    source.close();
    database.close();
  }
}
