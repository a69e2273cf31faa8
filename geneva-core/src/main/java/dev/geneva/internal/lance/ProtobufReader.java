package dev.geneva.internal.lance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks over the fields of a protobuf message, as far as Lance's need it: numbers, and anything
 * with a length.
 */
final class ProtobufReader {

  private final ByteBuffer message;
  private int field;
  private int wireType;

  /** At the start of a message, which is all that remains of the buffer. */
  ProtobufReader(ByteBuffer message) {
    this.message = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Moves to the next field; false at the end. The value of the last one must have been taken. */
  boolean next() {
    if (!message.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    return true;
  }

  /** The field's number. */
  int field() {
    return field;
  }

  /** Takes a number. */
  long number() {
    expect(0);
    return varint();
  }

  /** Takes a string, a message or packed numbers. */
  ByteBuffer bytes() {
    expect(2);
    int length = Math.toIntExact(varint());
    if (length < 0 || length > message.remaining()) {
      throw new IllegalArgumentException("A field of " + length + " bytes in a shorter message");
    }
    ByteBuffer bytes = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    message.position(message.position() + length);
    return bytes;
  }

  /** Takes numbers, packed or a single one of a list that isn't, and adds them to a list. */
  void numbers(Longs into) {
    if (wireType == 0) {
      into.add(varint());
      return;
    }
    ProtobufReader packed = new ProtobufReader(bytes());
    while (packed.message.hasRemaining()) {
      into.add(packed.varint());
    }
  }

  /** Takes whatever is there. */
  void skip() {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> message.getLong();
      case 2 -> bytes();
      case 5 -> message.getInt();
      default -> throw new IllegalArgumentException("Unknown wire type " + wireType);
    }
  }

  private void expect(int type) {
    if (wireType != type) {
      throw new IllegalArgumentException(
          "Field " + field + " has wire type " + wireType + ", not " + type);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = message.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("A number of more than 64 bits");
  }
}
