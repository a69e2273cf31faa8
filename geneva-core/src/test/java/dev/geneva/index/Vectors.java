package dev.geneva.index;

import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Vectors that are a function of their id: five clouds of normally distributed points, and some
 * that are hard to index.
 *
 * @param element {@code float16}, {@code float32}, {@code float64} or {@code uint8}
 */
record Vectors(String element, int dimension, boolean withOddOnes) {

  static Vectors of(String element, int dimension) {
    return new Vectors(element, dimension, false);
  }

  /** With every 17th null and every 19th not finite, zero, huge or with a null element. */
  Vectors withOdd() {
    return new Vectors(element, dimension, true);
  }

  Schema schema() {
    ArrowType type =
        switch (element) {
          case "float16" -> new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
          case "float32" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
          case "float64" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
          default -> new ArrowType.Int(8, false);
        };
    Field item = new Field("item", FieldType.nullable(type), null);
    return new Schema(
        List.of(
            new Field("id", FieldType.notNullable(new ArrowType.Int(64, true)), null),
            new Field(
                "vec", FieldType.nullable(new ArrowType.FixedSizeList(dimension)), List.of(item))));
  }

  /** Rows of a range of ids; another generation has other vectors. */
  ArrowReader rows(BufferAllocator allocator, int from, int to, int generation) {
    return new ArrowReader(allocator) {
      private boolean done;

      @Override
      public boolean loadNextBatch() throws java.io.IOException {
        prepareLoadNextBatch();
        if (done) {
          return false;
        }
        done = true;
        fill(getVectorSchemaRoot(), from, to, generation);
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
        return schema();
      }
    };
  }

  void fill(VectorSchemaRoot root, int from, int to, int generation) {
    BigIntVector ids = (BigIntVector) root.getVector("id");
    FixedSizeListVector vectors = (FixedSizeListVector) root.getVector("vec");
    ids.allocateNew(to - from);
    vectors.setInitialCapacity(to - from);
    vectors.allocateNew();
    FieldVector elements = vectors.getDataVector();
    for (int id = from; id < to; id++) {
      int row = id - from;
      ids.set(row, id);
      double[] values = values(id, generation);
      if (values == null) {
        vectors.setNull(row);
        continue;
      }
      vectors.setNotNull(row);
      for (int i = 0; i < dimension; i++) {
        set(elements, row * dimension + i, values[i]);
      }
      if (withOddOnes && id % 19 == 4) {
        elements.setNull(row * dimension);
      }
    }
    elements.setValueCount((to - from) * dimension);
    vectors.setValueCount(to - from);
    root.setRowCount(to - from);
  }

  /** A vector, or null. */
  double @org.jspecify.annotations.Nullable [] values(long id, int generation) {
    if (withOddOnes && id % 17 == 3) {
      return null;
    }
    Random random = new Random(id * 31 + generation);
    double[] values = new double[dimension];
    Random cloud = new Random(random.nextInt(5));
    for (int i = 0; i < dimension; i++) {
      values[i] =
          element.equals("uint8")
              ? random.nextInt(256) & cloud.nextInt(256)
              : random.nextGaussian() + 2 * cloud.nextGaussian();
      if (withOddOnes) {
        values[i] =
            switch ((int) (id % 19)) {
              case 0 -> Double.NaN;
              case 1 -> i == 0 ? Double.POSITIVE_INFINITY : 1;
              case 2 -> 0;
              case 3 -> values[i] * 1e30;
              default -> values[i];
            };
      }
    }
    return values;
  }

  private static void set(FieldVector elements, int at, double value) {
    if (elements instanceof Float2Vector half) {
      half.setSafe(at, Float16.toFloat16((float) value));
    } else if (elements instanceof Float4Vector single) {
      single.setSafe(at, (float) value);
    } else if (elements instanceof Float8Vector exact) {
      exact.setSafe(at, value);
    } else {
      ((UInt1Vector) elements).setSafe(at, (int) value);
    }
  }
}
