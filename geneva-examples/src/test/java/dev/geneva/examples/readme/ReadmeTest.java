package dev.geneva.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.RefreshReport.Status;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.readme.PHashDedupe.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  @TempDir private Path folder;

  @Test
  void theFirstExampleDoesWhatItSays() {
    String database = folder.toString();
    try (Connection conn = Geneva.connect(database)) {
      conn.createTable(
          "images",
          Picture.class,
          List.of(
              new Picture(1, new byte[8]), new Picture(2, new byte[] {0, 0, 0, 0, 0, 0, 0, 7})));
    }
    // tag::usage[]
    try (Connection conn = Geneva.connect(database)) { // such as "/data/mydb"
      Table images = conn.openTable("images");
      UdtfView deduped =
          conn.createUdtfView(
              "deduped_images", images.search().select("row_id", "phash"), new PHashDedupe(4));

      // Computes the view; a reader sees the old rows or the new ones.
      RefreshReport report = deduped.refresh();
      // UP_TO_DATE, in microseconds: nothing has changed.
      RefreshReport again = deduped.refresh();
      // end::usage[]
      assertThat(report.status()).isEqualTo(Status.REFRESHED);
      assertThat(again.status()).isEqualTo(Status.UP_TO_DATE);
      try (Stream<Assignment> rows = deduped.search().records(Assignment.class)) {
        assertThat(rows).containsExactly(new Assignment(1, 1, false), new Assignment(2, 1, true));
      }
      // tag::usage[]
    }
    // end::usage[]
  }
}
