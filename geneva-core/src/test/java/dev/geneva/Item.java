package dev.geneva;

import dev.geneva.udtf.ArrowRecord;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A row of most tests' tables. */
@ArrowRecord
record Item(long id, @Nullable String name, double score) {

  /** Made from its id: every seventh has no name. */
  static Item of(long id) {
    return new Item(id, id % 7 == 3 ? null : "name " + id, id / 4.0);
  }

  /** The items with ids in a range. */
  static List<Item> range(long from, long to) {
    return LongStream.range(from, to).mapToObj(Item::of).toList();
  }
}
