package dev.geneva.examples.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshReport;
import dev.geneva.SkippedPartition;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.examples.tutorial.ShopTotals.Total;
import dev.geneva.examples.tutorial.TopSales.Ranked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TutorialTest extends DatabaseTest {

  private static final List<Sale> SALES =
      List.of(
          new Sale(1, "b", 5.0),
          new Sale(2, "a", 1.0),
          new Sale(3, "b", 7.0),
          new Sale(4, "a", null),
          new Sale(5, "b", 7.0));

  @Test
  void byShopIsWhatOneCallComputes() {
    Table sales = source(Sale.class, SALES);
    List<Ranked> expected =
        List.of(new Ranked("a", 2, 1.0), new Ranked("b", 3, 7.0), new Ranked("b", 5, 7.0));

    assertThat(compute(sales, new TopSales(2), Ranked.class)).isEqualTo(expected);
    assertThat(compute(sales, new TopOfShop(2), Ranked.class)).isEqualTo(expected);
  }

  @Test
  void parameterIsChecked() {
    assertThatThrownBy(() -> new TopSales(0)).hasMessage("count must be at least 1, but is 0");
  }

  @Test
  void aSampleIsTheSameEachTime() {
    Table sales =
        source(
            Sale.class, LongStream.range(0, 1000).mapToObj(i -> new Sale(i, "a", null)).toList());

    List<Sale> sample = compute(sales, new SaleSample(0.1, 1), Sale.class);

    assertThat(sample).hasSizeBetween(50, 150);
    assertThat(compute(sales, new SaleSample(0.1, 1), Sale.class)).isEqualTo(sample);
    assertThat(compute(sales, new SaleSample(0.1, 2), Sale.class)).isNotEqualTo(sample);
  }

  @Test
  void aSkippedShopIsTriedAgainByTheNextRefresh() throws IOException {
    Path rates = Files.createDirectories(folder.resolve("rates"));
    Files.writeString(rates.resolve("a"), "1.5");
    Table sales = source(Sale.class, SALES);
    UdtfView totals =
        connection.createUdtfView("totals", sales.search(), new ShopTotals(rates.toString()));

    RefreshReport first = totals.refresh();

    assertThat(first.partitionsSkipped())
        .singleElement()
        .extracting(SkippedPartition::key, SkippedPartition::attempts)
        .containsExactly("shop = 'b'", 2);
    assertThat(rows(totals.search(), Total.class)).containsExactly(new Total("a", 1.5));

    Files.writeString(rates.resolve("b"), "2");
    RefreshReport second = totals.refresh();

    assertThat(second.partitionsSkipped()).isEmpty();
    assertThat(second.partitionsRun()).isEqualTo(1);
    assertThat(rows(totals.search(), Total.class))
        .containsExactly(new Total("a", 1.5), new Total("b", 38.0));
  }

  @Test
  void tooManySkippedShopsFailTheRefresh() throws IOException {
    Path rates = Files.createDirectories(folder.resolve("rates"));
    Table sales = source(Sale.class, SALES);
    UdtfView totals =
        connection.createUdtfView("totals", sales.search(), new ShopTotals(rates.toString()));

    assertThatThrownBy(totals::refresh).isInstanceOf(PartitionFailedException.class);
    assertThat(totals.countRows()).isZero();
  }
}
