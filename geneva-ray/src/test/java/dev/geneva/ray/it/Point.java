package dev.geneva.ray.it;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.util.List;
import java.util.stream.LongStream;

/** A row of the tests' table with vectors. */
@ArrowRecord
public record Point(long id, @FixedSize(2) float[] at) {

  /** Points with the ids of a range, in four heaps. */
  static List<Point> range(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(
            id -> new Point(id, new float[] {100 * (id % 4) + id % 7, 100 * (id % 4 / 2) + id % 5}))
        .toList();
  }
}
