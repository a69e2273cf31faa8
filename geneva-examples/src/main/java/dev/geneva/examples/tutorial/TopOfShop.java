package dev.geneva.examples.tutorial;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.stream.Stream;

/**
 * Computes what {@link TopSales} computes, shop by shop.
 *
 * @param count how many of each shop
 */
// tag::class[]
@Udtf(
    output = TopSales.Ranked.class,
    inputColumns = {"id", "shop", "amount"},
    partitionBy = "shop")
public record TopOfShop(int count) implements BatchUdtf {

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    try (Stream<Sale> sales = source.records(Sale.class)) {
      out.collectRecords(TopSales.top(TopSales.ranked(sales).toList(), count));
    }
  }
}
// end::class[]
