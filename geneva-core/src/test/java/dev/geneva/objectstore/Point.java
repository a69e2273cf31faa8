package dev.geneva.objectstore;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.util.List;
import java.util.stream.LongStream;

/** A row of these tests' tables. */
@ArrowRecord
record Point(long id, long kind, @FixedSize(2) float[] place) {

  static final int KINDS = 5;

  /** Made from its id; points of a kind lie close together. */
  static Point of(long id) {
    long kind = id % KINDS;
    return new Point(id, kind, new float[] {kind * 100 + id % 7, kind * 100 + id % 3});
  }

  static List<Point> range(long from, long to) {
    return LongStream.range(from, to).mapToObj(Point::of).toList();
  }
}
