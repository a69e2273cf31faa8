package dev.geneva.bench;

import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.arrow.RecordStream;
import dev.geneva.udtf.ArrowRecordConverter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Records of ten scalar columns, to batches and back: as {@code collectRecords} and {@code
 * records(…)} do it, against {@link HandWritten}. Arguments: runs (9), batches (500).
 */
public final class ConverterBench {

  private static final int WARM_UPS = 5;

  private ConverterBench() {}

  /** Prints a line for writing and one for reading. */
  public static void main(String[] arguments) throws IOException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    int batches = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    ArrowRecordConverter<Scalars> converter = new Scalars_ArrowConverter();
    List<Scalars> rows = new ArrayList<>();
    for (int i = 0; i < RecordBatches.ROWS; i++) {
      rows.add(Scalars.of(i));
    }
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(converter.schema(), allocator)) {
      Comparison writing = new Comparison("writing");
      Comparison reading = new Comparison("reading");
      converter.write(rows, root);
      for (int run = -WARM_UPS; run < runs; run++) {
        double byHand = millis(() -> writeByHand(rows, batches, root));
        double generated = millis(() -> write(rows, batches, converter, allocator));
        writing.add(run, byHand, generated);
        byHand = millis(() -> readByHand(root, batches));
        generated = millis(() -> read(root, batches, converter, allocator));
        reading.add(run, byHand, generated);
      }
      writing.print((long) batches * rows.size());
      reading.print((long) batches * rows.size());
    }
  }

  private static long writeByHand(List<Scalars> rows, int batches, VectorSchemaRoot root) {
    long written = 0;
    for (int i = 0; i < batches; i++) {
      HandWritten.write(rows, root);
      written += root.getRowCount();
    }
    return written;
  }

  private static long write(
      List<Scalars> rows,
      int batches,
      ArrowRecordConverter<Scalars> converter,
      BufferAllocator allocator)
      throws IOException {
    Iterable<Scalars> all = () -> new Repetition(rows, batches);
    long written = 0;
    try (RecordBatches<Scalars> reader = new RecordBatches<>(converter, all, allocator)) {
      while (reader.loadNextBatch()) {
        written += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return written;
  }

  private static long readByHand(VectorSchemaRoot root, int batches) {
    long[] read = new long[1];
    for (int i = 0; i < batches; i++) {
      HandWritten.read(root, row -> read[0] += row.name().length() > 0 ? 1 : 0);
    }
    return read[0];
  }

  private static long read(
      VectorSchemaRoot root,
      int batches,
      ArrowRecordConverter<Scalars> converter,
      BufferAllocator allocator) {
    long[] read = new long[1];
    try (Stream<Scalars> rows =
        RecordStream.of(new Repeated(root, batches, allocator), converter)) {
      rows.forEach(row -> read[0] += row.name().length() > 0 ? 1 : 0);
    }
    return read[0];
  }

  private interface Work {
    long run() throws IOException;
  }

  private static double millis(Work work) throws IOException {
    long begin = System.nanoTime();
    long rows = work.run();
    double millis = (System.nanoTime() - begin) / 1e6;
    if (rows == 0) {
      throw new IllegalStateException("no rows");
    }
    return millis;
  }

  private static final class Comparison {
    private final String what;
    private final List<Double> byHand = new ArrayList<>();
    private final List<Double> generated = new ArrayList<>();

    Comparison(String what) {
      this.what = what;
    }

    void add(int run, double hand, double ours) {
      if (run >= 0) {
        byHand.add(hand);
        generated.add(ours);
      }
    }

    void print(long rows) {
      Spread hand = Spread.of(byHand);
      Spread ours = Spread.of(generated);
      System.out.printf(
          "%s %,d rows: by hand %s ms, records %s ms: speed %.2f (min) %.2f (median)%n",
          what, rows, hand, ours, hand.min() / ours.min(), hand.median() / ours.median());
    }
  }

  /** Some rows, time and again. */
  private static final class Repetition implements Iterator<Scalars> {
    private final List<Scalars> rows;
    private final long end;
    private long next;

    Repetition(List<Scalars> rows, int times) {
      this.rows = rows;
      this.end = (long) rows.size() * times;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public Scalars next() {
      return rows.get((int) (next++ % rows.size()));
    }
  }

  /** One batch, time and again. */
  private static final class Repeated extends ArrowReader {
    private final VectorSchemaRoot root;
    private int left;

    Repeated(VectorSchemaRoot root, int times, BufferAllocator allocator) {
      super(allocator);
      this.root = root;
      this.left = times;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
      return root;
    }

    @Override
    public boolean loadNextBatch() {
      return left-- > 0;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {
      // The root isn't this reader's.
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return root.getSchema();
    }
  }
}
