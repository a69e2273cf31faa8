package dev.geneva.ray.it;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.stream.Stream;

/** Says of each point in which partition of the index it is, and how many are there. */
@Udtf(output = Heaps.Member.class, partitionByIndexedColumn = "at")
public record Heaps() implements BatchUdtf {

  /** A row of the view. */
  public record Member(long id, String partition, int size) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    String partition = source.partition().orElseThrow().toString();
    try (Stream<Point> points = source.records(Point.class)) {
      List<Point> all = points.toList();
      out.collectRecords(
          all.stream().map(point -> new Member(point.id(), partition, all.size())).toList());
    }
  }
}
