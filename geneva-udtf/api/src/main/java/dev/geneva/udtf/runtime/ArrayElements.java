package dev.geneva.udtf.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * How the elements of an array of primitives lie in the child of a list's vector.
 *
 * @param <A> the array's type
 */
public abstract class ArrayElements<A> {

  private final Field field;
  private final int bits;

  private ArrayElements(ArrowType type, int bits) {
    this.field = new Field(Codecs.ITEM, FieldType.nullable(type), null);
    this.bits = bits;
  }

  /** The list's child. */
  final Field field() {
    return field;
  }

  abstract int length(A array);

  /** Puts an array's elements, the first one as element number {@code first} of the data. */
  abstract void put(A array, ArrowBuf data, long first);

  /** Gets elements, from number {@code first} of the data on. */
  abstract A get(ArrowBuf data, long first, int length);

  /** A view on elements, for copying them in bulk. */
  final ByteBuffer view(ArrowBuf data, long first, int length) {
    int bytes = bits / Byte.SIZE;
    return data.nioBuffer(first * bytes, Math.multiplyExact(length, bytes))
        .order(ByteOrder.nativeOrder());
  }

  /** bool. */
  public static ArrayElements<boolean[]> bools() {
    return new ArrayElements<>(ArrowType.Bool.INSTANCE, 1) {
      @Override
      int length(boolean[] array) {
        return array.length;
      }

      @Override
      void put(boolean[] array, ArrowBuf data, long first) {
        for (int i = 0; i < array.length; i++) {
          if (array[i]) {
            BitVectorHelper.setBit(data, first + i);
          }
        }
      }

      @Override
      boolean[] get(ArrowBuf data, long first, int length) {
        boolean[] array = new boolean[length];
        for (int i = 0; i < length; i++) {
          array[i] = BitVectorHelper.get(data, (int) (first + i)) != 0;
        }
        return array;
      }
    };
  }

  /** int8 or uint8. */
  public static ArrayElements<byte[]> bytes(boolean signed) {
    return new ArrayElements<>(new ArrowType.Int(Byte.SIZE, signed), Byte.SIZE) {
      @Override
      int length(byte[] array) {
        return array.length;
      }

      @Override
      void put(byte[] array, ArrowBuf data, long first) {
        data.setBytes(first, array);
      }

      @Override
      byte[] get(ArrowBuf data, long first, int length) {
        byte[] array = new byte[length];
        data.getBytes(first, array);
        return array;
      }
    };
  }

  /** int16 or uint16. */
  public static ArrayElements<short[]> shorts(boolean signed) {
    return new ArrayElements<>(new ArrowType.Int(Short.SIZE, signed), Short.SIZE) {
      @Override
      int length(short[] array) {
        return array.length;
      }

      @Override
      void put(short[] array, ArrowBuf data, long first) {
        view(data, first, array.length).asShortBuffer().put(array);
      }

      @Override
      short[] get(ArrowBuf data, long first, int length) {
        short[] array = new short[length];
        view(data, first, length).asShortBuffer().get(array);
        return array;
      }
    };
  }

  /** int32 or uint32. */
  public static ArrayElements<int[]> ints(boolean signed) {
    return new ArrayElements<>(new ArrowType.Int(Integer.SIZE, signed), Integer.SIZE) {
      @Override
      int length(int[] array) {
        return array.length;
      }

      @Override
      void put(int[] array, ArrowBuf data, long first) {
        view(data, first, array.length).asIntBuffer().put(array);
      }

      @Override
      int[] get(ArrowBuf data, long first, int length) {
        int[] array = new int[length];
        view(data, first, length).asIntBuffer().get(array);
        return array;
      }
    };
  }

  /** int64 or uint64. */
  public static ArrayElements<long[]> longs(boolean signed) {
    return new ArrayElements<>(new ArrowType.Int(Long.SIZE, signed), Long.SIZE) {
      @Override
      int length(long[] array) {
        return array.length;
      }

      @Override
      void put(long[] array, ArrowBuf data, long first) {
        view(data, first, array.length).asLongBuffer().put(array);
      }

      @Override
      long[] get(ArrowBuf data, long first, int length) {
        long[] array = new long[length];
        view(data, first, length).asLongBuffer().get(array);
        return array;
      }
    };
  }

  /** float16: the nearest half floats. */
  public static ArrayElements<float[]> halfFloats() {
    return new ArrayElements<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.HALF), Short.SIZE) {
      @Override
      int length(float[] array) {
        return array.length;
      }

      @Override
      void put(float[] array, ArrowBuf data, long first) {
        for (int i = 0; i < array.length; i++) {
          data.setShort((first + i) * Short.BYTES, HalfFloats.encode(array[i]));
        }
      }

      @Override
      float[] get(ArrowBuf data, long first, int length) {
        float[] array = new float[length];
        for (int i = 0; i < length; i++) {
          array[i] = Float16.toFloat(data.getShort((first + i) * Short.BYTES));
        }
        return array;
      }
    };
  }

  /** float32. */
  public static ArrayElements<float[]> floats() {
    return new ArrayElements<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), Float.SIZE) {
      @Override
      int length(float[] array) {
        return array.length;
      }

      @Override
      void put(float[] array, ArrowBuf data, long first) {
        view(data, first, array.length).asFloatBuffer().put(array);
      }

      @Override
      float[] get(ArrowBuf data, long first, int length) {
        float[] array = new float[length];
        view(data, first, length).asFloatBuffer().get(array);
        return array;
      }
    };
  }

  /** float64. */
  public static ArrayElements<double[]> doubles() {
    return new ArrayElements<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), Double.SIZE) {
      @Override
      int length(double[] array) {
        return array.length;
      }

      @Override
      void put(double[] array, ArrowBuf data, long first) {
        view(data, first, array.length).asDoubleBuffer().put(array);
      }

      @Override
      double[] get(ArrowBuf data, long first, int length) {
        double[] array = new double[length];
        view(data, first, length).asDoubleBuffer().get(array);
        return array;
      }
    };
  }
}
