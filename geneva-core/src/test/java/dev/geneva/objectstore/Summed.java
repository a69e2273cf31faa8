package dev.geneva.objectstore;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;

/** What the functions of these tests yield for each call, and the functions. */
record Summed(String partition, long points, long ids) {

  @Udtf(output = Summed.class)
  record Whole() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      sum(source, out);
    }
  }

  @Udtf(output = Summed.class, partitionBy = "kind")
  record ByKind() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      sum(source, out);
    }
  }

  @Udtf(output = Summed.class, partitionByIndexedColumn = "place")
  record ByPlace() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      sum(source, out);
    }
  }

  /** Fails after it has yielded something, if there are too many points. */
  @Udtf(output = Summed.class)
  record Limited(long most) implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      sum(source, out);
      if (source.countRows() > most) {
        throw new IllegalStateException("more than " + most + " points");
      }
    }
  }

  private static void sum(UdtfSource source, BatchCollector out) {
    List<Point> points = source.records(Point.class).toList();
    out.collectRecords(
        List.of(
            new Summed(
                source.partition().map(Object::toString).orElse("all"),
                points.size(),
                points.stream().mapToLong(Point::id).sum())));
  }
}
