package dev.geneva.bench;

import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
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

/** The tables that are measured: their rows, and what a streamed transform makes of them. */
public enum Workload {
  /** Five scalar columns in, four out, of which two are computed. */
  NARROW(0) {
    @Override
    public Schema source() {
      return new Schema(
          List.of(
              field("id", LONG),
              field("a", DOUBLE),
              field("b", DOUBLE),
              field("c", INT),
              field("s", TEXT)));
    }

    @Override
    public Schema output() {
      return new Schema(
          List.of(field("id", LONG), field("s", TEXT), field("x", DOUBLE), field("y", DOUBLE)));
    }

    @Override
    public void fill(VectorSchemaRoot root, long start, int rows, Random random) {
      BigIntVector id = (BigIntVector) root.getVector("id");
      Float8Vector a = (Float8Vector) root.getVector("a");
      Float8Vector b = (Float8Vector) root.getVector("b");
      IntVector c = (IntVector) root.getVector("c");
      VarCharVector s = (VarCharVector) root.getVector("s");
      id.allocateNew(rows);
      a.allocateNew(rows);
      b.allocateNew(rows);
      c.allocateNew(rows);
      s.allocateNew(rows * 16L, rows);
      for (int i = 0; i < rows; i++) {
        long row = start + i;
        id.set(i, row);
        a.set(i, random.nextDouble());
        b.set(i, random.nextDouble() * 100);
        c.set(i, (int) (row * 7919 % 10007));
        byte[] text = ("s" + (10_000_000 + row * 7 % 80_000_000)).getBytes(UTF_8);
        s.setSafe(i, text);
      }
      root.setRowCount(rows);
    }

    @Override
    void transform(VectorSchemaRoot in, VectorSchemaRoot out) {
      int rows = in.getRowCount();
      Float8Vector a = (Float8Vector) in.getVector("a");
      Float8Vector b = (Float8Vector) in.getVector("b");
      IntVector c = (IntVector) in.getVector("c");
      Float8Vector x = (Float8Vector) out.getVector("x");
      Float8Vector y = (Float8Vector) out.getVector("y");
      x.allocateNew(rows);
      y.allocateNew(rows);
      for (int i = 0; i < rows; i++) {
        x.set(i, a.get(i) + b.get(i));
        y.set(i, Math.sqrt(a.get(i) * b.get(i)) * c.get(i));
      }
      x.setValueCount(rows);
      y.setValueCount(rows);
      move(in, out, "id");
      move(in, out, "s");
      out.setRowCount(rows);
    }
  },

  /** A number and a vector of 128 floats, handed through; as are those that follow. */
  WIDE(128),
  /** With vectors of 64 floats. */
  VECTORS(64),
  /** With vectors of 8 floats. */
  VECTORS_8(8),
  /** With vectors of 32 floats. */
  VECTORS_32(32),
  /** With vectors of 512 floats. */
  VECTORS_512(512),
  /** With vectors of 1,024 floats. */
  VECTORS_1024(1024);

  /** Rows of a batch, on both sides. */
  public static final int BATCH = 8192;

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
  private static final ArrowType LONG = new ArrowType.Int(64, true);
  private static final ArrowType INT = new ArrowType.Int(32, true);
  private static final ArrowType TEXT = new ArrowType.Utf8();
  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private final int width;

  Workload(int width) {
    this.width = width;
  }

  /** Floats of a vector; 0 without. */
  public int width() {
    return width;
  }

  /** The source's columns. */
  public Schema source() {
    return vectors(width);
  }

  /** The output's columns. */
  public Schema output() {
    return source();
  }

  /** Makes rows, the first of which has the number {@code start}. */
  public void fill(VectorSchemaRoot root, long start, int rows, Random random) {
    fillVectors(root, start, rows, random);
  }

  /** Computes one batch of output; takes vectors of the input over where they are the same. */
  void transform(VectorSchemaRoot in, VectorSchemaRoot out) {
    move(in, out, "id");
    move(in, out, "vec");
    out.setRowCount(in.getRowCount());
  }

  /** The source's rows, which never take more than one batch of memory. */
  public ArrowReader rows(long count, BufferAllocator allocator) {
    return new Rows(this, count, allocator);
  }

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  private static Schema vectors(int width) {
    Field item = field("item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    return new Schema(
        List.of(
            field("id", LONG),
            new Field(
                "vec", FieldType.nullable(new ArrowType.FixedSizeList(width)), List.of(item))));
  }

  private static void fillVectors(VectorSchemaRoot root, long start, int rows, Random random) {
    BigIntVector id = (BigIntVector) root.getVector("id");
    FixedSizeListVector vectors = (FixedSizeListVector) root.getVector("vec");
    int width = vectors.getListSize();
    id.allocateNew(rows);
    vectors.setInitialCapacity(rows);
    vectors.allocateNew();
    Float4Vector values = (Float4Vector) vectors.getDataVector();
    values.allocateNew(rows * width);
    for (int i = 0; i < rows; i++) {
      id.set(i, start + i);
      vectors.setNotNull(i);
      for (int j = 0; j < width; j++) {
        values.set(i * width + j, random.nextFloat());
      }
    }
    root.setRowCount(rows);
  }

  private static void move(VectorSchemaRoot in, VectorSchemaRoot out, String column) {
    in.getVector(column).makeTransferPair(out.getVector(column)).transfer();
  }

  private static final class Rows extends ArrowReader {
    private final Workload workload;
    private final long count;
    private final Random random = new Random(1);
    private long position;

    Rows(Workload workload, long count, BufferAllocator allocator) {
      super(allocator);
      this.workload = workload;
      this.count = count;
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
      int rows = (int) Math.min(BATCH, count - position);
      VectorSchemaRoot root = getVectorSchemaRoot();
      if (rows == 0) {
        root.clear();
        return false;
      }
      workload.fill(root, position, rows, random);
      position += rows;
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
      return workload.source();
    }
  }
}
