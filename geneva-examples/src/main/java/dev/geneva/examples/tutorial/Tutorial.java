package dev.geneva.examples.tutorial;

import dev.geneva.Connection;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.tutorial.TopSales.Ranked;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** Runs the tutorial's first function. */
public final class Tutorial {

  private Tutorial() {}

  /** The largest sales of each shop, before and after a large one. */
  public static void run(Connection conn, PrintStream out) {
    // tag::table[]
    Table sales =
        conn.createTable(
            "sales",
            Sale.class,
            List.of(
                new Sale(1, "Aarau", 12.50),
                new Sale(2, "Basel", 80.00),
                new Sale(3, "Aarau", 7.20),
                new Sale(4, "Aarau", null),
                new Sale(5, "Basel", 3.10),
                new Sale(6, "Aarau", 31.00)));
    // end::table[]
    // tag::view[]
    UdtfView top = conn.createUdtfView("top_sales", sales.search(), new TopSales(2));
    RefreshReport report = top.refresh();
    out.println("  " + report.status() + ": " + report.rowsWritten() + " rows");
    // end::view[]
    print(top, out);
    // tag::again[]
    sales.add(Sale.class, List.of(new Sale(7, "Basel", 99.90)));
    out.println("  " + top.refresh().reason());
    out.println("  " + top.refresh().status());
    // end::again[]
    print(top, out);
  }

  private static void print(UdtfView top, PrintStream out) {
    // tag::read[]
    try (Stream<Ranked> rows = top.search().where("amount > 10").records(Ranked.class)) {
      rows.forEach(row -> out.println("    " + row));
    }
    // end::read[]
  }
}
