package dev.geneva.udtf.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Maps: lists of entries, whose keys are one column and whose values another. */
final class MapCodec<K, V> extends ColumnCodec<Map<K, V>> {

  private final ColumnCodec<K> key;
  private final ColumnCodec<V> value;
  private final boolean nullableValues;

  MapCodec(ColumnCodec<K> key, ColumnCodec<V> value, boolean nullableValues) {
    super(
        new ArrowType.Map(false),
        List.of(
            new Field(
                MapVector.DATA_VECTOR_NAME,
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(
                    key.field(MapVector.KEY_NAME, false),
                    value.field(MapVector.VALUE_NAME, true)))));
    this.key = key;
    this.value = value;
    this.nullableValues = nullableValues;
  }

  @Override
  void write(
      List<? extends @Nullable Map<K, V>> values, boolean nullable, Mask mask, FieldVector vector) {
    MapVector maps = (MapVector) vector;
    ListRows rows = new ListRows(maps, values.size());
    List<@Nullable K> entryKeys = new ArrayList<>(values.size());
    List<@Nullable V> entryValues = new ArrayList<>(values.size());
    for (Map<K, V> map : values) {
      if (map == null) {
        rows.appendNull(nullable, mask);
      } else {
        rows.append(map.size());
        map.forEach(
            (k, v) -> {
              entryKeys.add(k);
              entryValues.add(v);
            });
      }
    }
    StructVector entries = (StructVector) maps.getDataVector();
    StructRows.allocate(entries, rows.elements());
    try {
      key.write(entryKeys, false, Mask.NONE, child(entries, 0));
      value.write(entryValues, nullableValues, Mask.NONE, child(entries, 1));
    } catch (InvalidValueException e) {
      throw rows.locate(e);
    }
    StructRows.finish(entries, rows.elements(), row -> true);
    rows.finish();
  }

  @Override
  ColumnReader<Map<K, V>> presentReader(FieldVector vector) {
    MapVector maps = (MapVector) vector;
    StructVector entries = (StructVector) maps.getDataVector();
    ColumnReader<K> keys = key.reader(child(entries, 0), false);
    ColumnReader<V> values = value.reader(child(entries, 1), nullableValues);
    return row -> {
      ArrowBuf offsets = maps.getOffsetBuffer();
      int start = offsets.getInt((long) row * MapVector.OFFSET_WIDTH);
      int end = offsets.getInt((row + 1L) * MapVector.OFFSET_WIDTH);
      Map<K, V> map = new LinkedHashMap<>();
      for (int i = start; i < end; i++) {
        try {
          put(map, keys.read(i), values.read(i));
        } catch (InvalidValueException e) {
          throw e.inList(vector, row, i - start);
        }
      }
      return Collections.unmodifiableMap(map);
    };
  }

  /** The readers say themselves what may be null, which their types can't. */
  @SuppressWarnings("NullAway")
  private static <K, V> void put(Map<K, V> map, @Nullable K key, @Nullable V value) {
    map.put(key, value);
  }

  private static FieldVector child(StructVector entries, int index) {
    return (FieldVector) entries.getChildByOrdinal(index);
  }
}
