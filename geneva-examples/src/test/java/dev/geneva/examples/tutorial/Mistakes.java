package dev.geneva.examples.tutorial;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Functions that compile and don't work. */
final class Mistakes {

  private Mistakes() {}

  /** What they say that they yield. */
  record Total(String shop, double total) {}

  /** Yields another record than it says. */
  @Udtf(output = Total.class)
  record AnotherRecord() implements BatchUdtf {
    @ArrowRecord
    record Sum(String shop, float sum) {}

    @Override
    public void process(UdtfSource source, BatchCollector out) {
      out.collectRecords(List.of(new Sum("Aarau", 1)));
    }
  }

  /** Reads an amount that may be missing as if it weren't. */
  @Udtf(output = Total.class)
  record NullAsNumber() implements BatchUdtf {
    @ArrowRecord
    record Paid(String shop, double amount) {}

    @Override
    public void process(UdtfSource source, BatchCollector out) {
      try (Stream<Paid> sales = source.records(Paid.class)) {
        out.collectRecords(sales.map(sale -> new Total(sale.shop(), sale.amount())).toList());
      }
    }
  }

  /** Leaves a reader open. */
  @Udtf(output = Total.class)
  record LeftOpen() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      ArrowReader reader = source.toBatches(1024);
      while (reader.loadNextBatch()) {
        out.collectRecords(List.of());
      }
    }
  }

  /** Allocates a vector, and doesn't close it. */
  @Udtf(output = Total.class)
  record LeftAllocated() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      Float8Vector sums = new Float8Vector("sums", source.allocator());
      sums.allocateNew(1000);
    }
  }

  /** Needs more than it asks for. */
  @Udtf(output = Total.class, memory = "1 KiB")
  record TooMuchMemory() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      try (VectorSchemaRoot all = source.toArrow()) {
        out.collectRecords(List.of(new Total("all", all.getRowCount())));
      }
    }
  }

  /** Asks for a column that isn't there. */
  @Udtf(
      output = Total.class,
      inputColumns = {"shop", "amuont"})
  record NoSuchColumn() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }

  /** Is partitioned by a column that can't be. */
  @Udtf(output = Total.class, partitionBy = "items")
  record NoKey() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }

  /** Throws what nobody expected. */
  @Udtf(output = Total.class, partitionBy = "shop")
  record Throws() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      throw new IllegalStateException("no exchange rate");
    }
  }

  /** A row of sales with a column of lists. */
  @ArrowRecord
  record Basket(long id, String shop, @Nullable Double amount, List<String> items) {}
}
