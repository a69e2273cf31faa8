package dev.geneva.examples.tutorial;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.Random;
import java.util.stream.Stream;

/** Some of the sales, drawn at random, but the same ones each time. */
// tag::class[]
@Udtf(output = Sale.class)
public final class SaleSample implements BatchUdtf {

  private final double share;
  private final long seed;

  /** The parameters: what the one public constructor takes. */
  public SaleSample(double share, long seed) {
    this.share = share;
    this.seed = seed;
  }

  /** For each parameter, an accessor of its name and type. */
  public double share() {
    return share;
  }

  /** Where the sequence of random numbers begins. */
  public long seed() {
    return seed;
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    Random random = new Random(seed); // never new Random(): the same rows, the same batches
    try (Stream<Sale> sales = source.records(Sale.class)) {
      out.collectRecords(sales.filter(sale -> random.nextDouble() < share).toList());
    }
  }
}
// end::class[]
