package dev.geneva.internal.partition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.ElementAddressableVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Keys that are bytes in memory: text, binary, decimals. */
final class ByteKeys extends KeyTable {

  private final Map<Bytes, Integer> ids = new HashMap<>();
  private final List<byte[]> values = new ArrayList<>();
  private final ArrowBufPointer pointer = new ArrowBufPointer();
  private final ArrowType type;

  private ByteKeys(ArrowType type) {
    this.type = type;
  }

  /** Bytes that are equal by content. */
  private record Bytes(byte[] bytes, int hash) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  static @Nullable ByteKeys tryOf(Field column) {
    ArrowType type = column.getType();
    boolean bytes =
        type instanceof ArrowType.Utf8
            || type instanceof ArrowType.LargeUtf8
            || type instanceof ArrowType.Binary
            || type instanceof ArrowType.LargeBinary
            || type instanceof ArrowType.FixedSizeBinary
            || type instanceof ArrowType.Decimal;
    return bytes ? new ByteKeys(type) : null;
  }

  @Override
  int idOfValue(FieldVector vector, int row) {
    ((ElementAddressableVector) vector).getDataPointer(row, pointer);
    byte[] bytes = new byte[(int) pointer.getLength()];
    if (bytes.length > 0) {
      pointer.getBuf().getBytes(pointer.getOffset(), bytes);
    }
    Integer known = ids.putIfAbsent(new Bytes(bytes, Arrays.hashCode(bytes)), values.size());
    if (known != null) {
      return known;
    }
    values.add(bytes);
    return values.size() - 1;
  }

  @Override
  int compareValues(int a, int b) {
    return type instanceof ArrowType.Decimal
        ? decimal(a).compareTo(decimal(b))
        : Arrays.compareUnsigned(values.get(a), values.get(b));
  }

  @Override
  List<Object> valuesOf(int[] ids) {
    return IntStream.of(ids).mapToObj(this::valueOf).toList();
  }

  private Object valueOf(int id) {
    if (type instanceof ArrowType.Decimal) {
      return decimal(id);
    }
    boolean text = type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8;
    return text ? new String(values.get(id), StandardCharsets.UTF_8) : values.get(id).clone();
  }

  private BigDecimal decimal(int id) {
    // Little-endian two's complement, as Arrow lays decimals out.
    byte[] bytes = values.get(id).clone();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    return new BigDecimal(new BigInteger(bytes), ((ArrowType.Decimal) type).getScale());
  }
}
