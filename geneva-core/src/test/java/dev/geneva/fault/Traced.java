package dev.geneva.fault;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.OnError;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Functions that remember for which partitions they were called. */
final class Traced {

  /** Rows in a batch of what they yield. */
  static final int BATCH = 4;

  /** The key of the partition that {@link ByKey} leaves out. */
  static final long LEFT_OUT = 2;

  /** The key of the only partition of a source that isn't partitioned. */
  static final String ALL_ROWS = "all rows";

  /** The calls since {@link #clear}. */
  private static final List<Call> CALLS = Collections.synchronizedList(new ArrayList<>());

  private static volatile BooleanSupplier muted = () -> false;
  private static volatile OptionalLong failing = OptionalLong.empty();
  private static volatile @Nullable Path written;
  private static volatile Runnable pause = () -> {};

  private Traced() {}

  /**
   * One call.
   *
   * @param partition its key
   * @param completed the batches that were durable when it began
   */
  record Call(String partition, int completed) {}

  /** A row of the output. */
  record Placed(String partition, long id) {}

  /** Forgets the calls; {@code dead} ones aren't remembered from now on. */
  static void clear(BooleanSupplier dead) {
    CALLS.clear();
    muted = dead;
  }

  /** The calls since {@link #clear}. */
  static List<Call> calls() {
    return List.copyOf(CALLS);
  }

  /** Has the functions fail when they come to an id, until they are told otherwise. */
  static void failAt(OptionalLong id) {
    failing = id;
  }

  /** Has the calls written to a file, too; to none if that is null. */
  static void writeTo(@Nullable Path file) {
    written = file;
  }

  /** Has something done before each batch. */
  static void beforeBatches(Runnable work) {
    pause = work;
  }

  /** Writes a line to that file, which is safe from then on whatever happens to this process. */
  static synchronized void write(String line) throws IOException {
    Path file = written;
    if (file != null) {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  @Udtf(output = Placed.class)
  record Whole() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out, false);
    }
  }

  /** Is tried again when it fails. */
  @Udtf(
      output = Placed.class,
      onError =
          @OnError(
              error = IOException.class,
              then = ErrorAction.RETRY,
              delay = "0 s",
              jitter = false))
  record Retried() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      try {
        place(source, out, false);
      } catch (IOException e) {
        failAt(OptionalLong.empty());
        throw e;
      }
    }
  }

  /** Leaves out the partition with the key 2. */
  @Udtf(
      output = Placed.class,
      partitionBy = "k",
      onError = @OnError(error = IllegalArgumentException.class, then = ErrorAction.SKIP))
  record ByKey() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out, true);
    }
  }

  @Udtf(output = Placed.class, partitionByIndexedColumn = "place")
  record ByPlace() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out, false);
    }
  }

  private static void place(UdtfSource source, BatchCollector out, boolean skips) throws Exception {
    String key = source.partition().map(Object::toString).orElse(ALL_ROWS);
    if (!muted.getAsBoolean()) {
      CALLS.add(new Call(key, out.completedBatches()));
    }
    write("call " + key + "|" + out.completedBatches());
    try {
      place(key, source, out, skips);
    } finally {
      write("return " + key);
    }
  }

  private static void place(String key, UdtfSource source, BatchCollector out, boolean skips)
      throws Exception {
    try (ArrowReader rows = source.toBatches(BATCH)) {
      while (rows.loadNextBatch()) {
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        BigIntVector ids = (BigIntVector) batch.getVector("id");
        List<Placed> placed = new ArrayList<>();
        for (int row = 0; row < batch.getRowCount(); row++) {
          if (failing.isPresent() && failing.getAsLong() == ids.get(row)) {
            throw new IOException("id " + ids.get(row) + " fails");
          }
          placed.add(new Placed(key, ids.get(row)));
        }
        pause.run();
        out.collectRecords(placed);
        if (skips && isTheThird(source)) {
          throw new IllegalArgumentException("the partition 2 is left out");
        }
      }
    }
  }

  private static boolean isTheThird(UdtfSource source) {
    return source.partition().orElse(null) instanceof PartitionKey.Value key
        && Long.valueOf(LEFT_OUT).equals(key.value());
  }
}
