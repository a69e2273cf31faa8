package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.ClassName;

/** Columns of Java primitives, which are written by a loop of their own without a box. */
public enum PrimitiveColumn {
  /** boolean. */
  BOOL("bool", "BitVector", "", 0),
  /** byte. */
  INT8("int8", "TinyIntVector", "setByte", 1),
  /** byte, unsigned. */
  UINT8("uint8", "UInt1Vector", "setByte", 1),
  /** short. */
  INT16("int16", "SmallIntVector", "setShort", 2),
  /** short, unsigned. */
  UINT16("uint16", "UInt2Vector", "setShort", 2),
  /** int. */
  INT32("int32", "IntVector", "setInt", 4),
  /** int, unsigned. */
  UINT32("uint32", "UInt4Vector", "setInt", 4),
  /** long. */
  INT64("int64", "BigIntVector", "setLong", 8),
  /** long, unsigned. */
  UINT64("uint64", "UInt8Vector", "setLong", 8),
  /** float, as a half. */
  FLOAT16("float16", "Float2Vector", "setShort", 2),
  /** float. */
  FLOAT32("float32", "Float4Vector", "setFloat", 4),
  /** double. */
  FLOAT64("float64", "Float8Vector", "setDouble", 8);

  private final String codec;
  private final String vector;
  private final String setter;
  private final int width;

  PrimitiveColumn(String codec, String vector, String setter, int width) {
    this.codec = codec;
    this.vector = vector;
    this.setter = setter;
    this.width = width;
  }

  /** The method of {@code Codecs} for boxed values of this type. */
  public String codec() {
    return codec;
  }

  /** The vector's class. */
  public ClassName vector() {
    return ClassName.get("org.apache.arrow.vector", vector);
  }

  /** The method of {@code ArrowBuf} that puts a value; none for bits. */
  public String setter() {
    return setter;
  }

  /** A value's bytes; 0 for bits. */
  public int width() {
    return width;
  }
}
