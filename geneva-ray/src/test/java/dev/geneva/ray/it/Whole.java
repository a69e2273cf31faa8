package dev.geneva.ray.it;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.stream.Stream;

/** Gives back what it gets, which are all rows. */
@Udtf(output = Item.class)
public record Whole() implements BatchUdtf {

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    try (Stream<Item> rows = source.records(Item.class)) {
      out.collectRecords(rows.toList());
    }
  }
}
