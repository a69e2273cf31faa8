package dev.geneva.bench.line;

import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.bench.Spread;
import dev.geneva.bench.StreamedTransform;
import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Span;
import dev.geneva.bench.suite.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.operation.Append;
import org.lance.operation.Operation;
import org.lance.operation.Overwrite;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;

/** A refresh that has nothing to do, over a source with a history. */
final class UnchangedRefresh implements AutoCloseable {

  static final String OPEN = "Lance: open the source, ask for its version";

  private static final int REFRESHES = 100;
  private static final String OUTCOME = "nothing ran";

  private final Database database = new Database(true);
  private final UdtfView view;
  private boolean originalIsFresh;

  private UnchangedRefresh(Source source) throws Exception {
    source.make(database.sourcePath(), database.allocator());
    view =
        database
            .connection()
            .createUdtfView(
                "view",
                database.connection().openTable("source").search(),
                new StreamedTransform.Narrow());
    view.refresh();
  }

  /** Makes a table. */
  private interface Source {
    void make(Path path, BufferAllocator allocator) throws Exception;
  }

  /** What a version changes, once there are so many. */
  private interface Step {
    Operation operation(long version);
  }

  /** Of so many versions; after the first, they change nothing but the configuration. */
  static UnchangedRefresh versions(long count) throws Exception {
    return new UnchangedRefresh(
        (path, allocator) ->
            commits(
                path,
                count,
                allocator,
                version ->
                    UpdateConfig.builder()
                        .configUpdates(
                            UpdateMap.builder()
                                .updates(Map.of("bench", Long.toString(version)))
                                .replace(false)
                                .build())
                        .build()));
  }

  /** Of so many fragments of one row, written as one version. */
  static UnchangedRefresh fragments(long count) throws Exception {
    return new UnchangedRefresh((path, allocator) -> write(path, (int) count, allocator).close());
  }

  /** Of so many versions, each of which has added a row. */
  static UnchangedRefresh appended(long count) throws Exception {
    return new UnchangedRefresh(
        (path, allocator) ->
            commits(
                path,
                count,
                allocator,
                version -> Append.builder().fragments(fragment(path, allocator)).build()));
  }

  private static List<FragmentMetadata> fragment(Path path, BufferAllocator allocator) {
    try (VectorSchemaRoot row = VectorSchemaRoot.create(Workload.NARROW.source(), allocator)) {
      Workload.NARROW.fill(row, 0, 1, new Random(1));
      return Fragment.write().datasetUri(path.toString()).allocator(allocator).data(row).execute();
    }
  }

  private static Dataset write(Path path, int fragments, BufferAllocator allocator) {
    List<FragmentMetadata> written = new ArrayList<>();
    for (int i = 0; i < fragments; i++) {
      written.addAll(fragment(path, allocator));
    }
    try (Transaction transaction =
        new Transaction.Builder()
            .readVersion(0)
            .operation(
                Overwrite.builder().fragments(written).schema(Workload.NARROW.source()).build())
            .build()) {
      return new CommitBuilder(path.toString(), allocator).execute(transaction);
    }
  }

  /** Commits one operation after another, until there are so many versions. */
  private static void commits(Path path, long count, BufferAllocator allocator, Step step) {
    try (Dataset first = write(path, 1, allocator)) {
      long version = first.version();
      while (version < count) {
        try (Transaction transaction =
                new Transaction.Builder()
                    .readVersion(version)
                    .operation(step.operation(version))
                    .build();
            Dataset next = new CommitBuilder(path.toString(), allocator).execute(transaction)) {
          version = next.version();
        }
      }
    }
  }

  /** Ours, the least that anybody could do, and the original; scaled from microseconds. */
  Trial trial(double scale, Setting setting) {
    return new OpenTrial(
        List.of(
            new Side(Names.REFRESH, () -> measured(scale, this::refresh)),
            new Side(OPEN, () -> measured(scale, this::open)),
            new Side(Names.ORIGINAL, () -> new Sample(scale * original(setting), OUTCOME))),
        this);
  }

  /** The median of some, as a single one is too short for the clock. */
  private static Sample measured(double scale, Runnable action) {
    List<Double> micros = new ArrayList<>();
    long first = System.nanoTime();
    for (int i = 0; i < REFRESHES; i++) {
      long begin = System.nanoTime();
      action.run();
      micros.add((System.nanoTime() - begin) / 1e3);
    }
    return new Sample(scale * Spread.of(micros).median(), OUTCOME, Span.since(first));
  }

  private void refresh() {
    RefreshReport report = view.refresh();
    if (report.status() != RefreshReport.Status.UP_TO_DATE) {
      throw new IllegalStateException(report.toString());
    }
  }

  private void open() {
    try (Dataset dataset =
        Dataset.open()
            .allocator(database.allocator())
            .uri(database.sourcePath().toString())
            .build()) {
      if (dataset.version() == 0) {
        throw new IllegalStateException("no version");
      }
    }
  }

  private double original(Setting setting) throws Exception {
    Path other = database.original();
    if (!originalIsFresh) {
      setting.opponents().createView(other, "NARROW", 0);
      setting.opponents().refresh(other);
      originalIsFresh = true;
    }
    return 1e6 * setting.opponents().refresh(other);
  }

  @Override
  public void close() throws Exception {
    database.close();
  }
}
