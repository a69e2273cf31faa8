package dev.geneva.examples.tutorial;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.OnError;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What each shop took, in its own currency's exchange rate.
 *
 * @param ratesFolder holds a file for each shop, with its rate
 */
// tag::class[]
@Udtf(
    output = ShopTotals.Total.class,
    partitionBy = "shop",
    onError = {
      @OnError(
          error = IOException.class,
          then = ErrorAction.RETRY,
          maxAttempts = 2,
          delay = "10 ms"),
      @OnError(
          error = {IOException.class, NumberFormatException.class},
          then = ErrorAction.SKIP,
          maxSkipFraction = 0.5)
    })
public record ShopTotals(String ratesFolder) implements BatchUdtf {

  /** One row for each shop. */
  public record Total(String shop, double total) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) throws IOException {
    List<Sale> sales;
    try (Stream<Sale> rows = source.records(Sale.class)) {
      sales = rows.toList();
    }
    String shop = sales.get(0).shop();
    double rate = Double.parseDouble(Files.readString(Path.of(ratesFolder, shop)).strip());
    double sum =
        sales.stream().map(Sale::amount).filter(Objects::nonNull).mapToDouble(x -> x).sum();
    out.collectRecords(List.of(new Total(shop, sum * rate)));
  }
}
// end::class[]
