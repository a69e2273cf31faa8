package dev.geneva.ray.it;

import dev.geneva.udtf.ArrowRecord;
import java.util.List;
import java.util.stream.LongStream;

/** A row of the tests' tables. */
@ArrowRecord
public record Item(long id, String label) {

  /** Items with the ids of a range, with labels that {@code groups} share. */
  static List<Item> range(long from, long to, int groups) {
    return LongStream.range(from, to).mapToObj(id -> new Item(id, "g" + id % groups)).toList();
  }
}
