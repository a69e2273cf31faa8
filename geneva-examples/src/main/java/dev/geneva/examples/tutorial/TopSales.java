package dev.geneva.examples.tutorial;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The largest sales of each shop.
 *
 * @param count how many of each shop, at least 1
 */
// tag::class[]
@Udtf(output = TopSales.Ranked.class)
public record TopSales(int count) implements BatchUdtf {

  /** A row of the output: the columns shop, sale_id, amount. */
  @ArrowRecord
  public record Ranked(String shop, long saleId, double amount) {}

  /** Checks the parameter, when somebody makes the function. */
  public TopSales {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    TreeMap<String, List<Ranked>> shops;
    try (Stream<Sale> sales = source.records(Sale.class)) {
      shops =
          ranked(sales)
              .collect(Collectors.groupingBy(Ranked::shop, TreeMap::new, Collectors.toList()));
    }
    for (List<Ranked> shop : shops.values()) {
      out.collectRecords(top(shop, count));
    }
  }

  /** The sales whose amount is known. */
  static Stream<Ranked> ranked(Stream<Sale> sales) {
    return sales
        .filter(sale -> sale.amount() != null)
        .map(sale -> new Ranked(sale.shop(), sale.id(), sale.amount()));
  }

  /** The largest ones first; of equal ones, the one with the smallest id. */
  static List<Ranked> top(List<Ranked> sales, int count) {
    return sales.stream()
        .sorted(Comparator.comparingDouble(Ranked::amount).reversed().thenComparing(Ranked::saleId))
        .limit(count)
        .toList();
  }
}
// end::class[]
