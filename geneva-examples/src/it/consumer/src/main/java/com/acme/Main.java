package com.acme;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.util.List;
import java.util.stream.Stream;

/** Deduplicates three pictures in a database. Argument: its folder. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    run(arguments[0]).forEach(System.out::println);
  }

  /** The lines to print. */
  static List<String> run(String folder) {
    try (Connection conn = Geneva.connect(folder)) {
      Table images =
          conn.createTable(
              "images", Picture.class, List.of(picture(1, 0), picture(2, 255), picture(3, 1)));
      UdtfView deduped =
          conn.createUdtfView(
              "deduped_images", images.search().select("row_id", "phash"), new PHashDedupe(4));
      RefreshReport report = deduped.refresh();
      RefreshReport again = deduped.refresh();
      UdtfView clusters =
          conn.createUdtfView("clusters", deduped.search(), ClustersUdtfs.sizes(2));
      clusters.refresh();
      try (Stream<Clusters.Size> sizes = clusters.search().records(Clusters.Size.class)) {
        return List.of(
            report.status() + " " + report.rowsWritten(),
            again.status().toString(),
            sizes.toList().toString());
      }
    }
  }

  private static Picture picture(long rowId, int lastByte) {
    return new Picture(rowId, new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) lastByte});
  }
}
