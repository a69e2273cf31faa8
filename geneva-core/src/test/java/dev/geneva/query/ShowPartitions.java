package dev.geneva.query;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;

/** The same as {@link Show}, id by id. */
@Udtf(output = Shown.class, partitionBy = "id")
record ShowPartitions() implements BatchUdtf {
  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    Show.show(source, out);
  }
}
