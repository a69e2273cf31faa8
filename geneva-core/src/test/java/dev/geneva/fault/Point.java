package dev.geneva.fault;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.util.List;
import java.util.stream.LongStream;

/** A row of these tests' source. */
@ArrowRecord
record Point(long id, long k, @FixedSize(2) float[] place) {

  static final int KEYS = 6;

  /** Made from its id; points of a key lie close together. */
  static Point of(long id) {
    long k = id % KEYS;
    return new Point(id, k, new float[] {k * 100 + id % 7, k * 100 + id % 3});
  }

  static List<Point> range(long from, long to) {
    return LongStream.range(from, to).mapToObj(Point::of).toList();
  }
}
