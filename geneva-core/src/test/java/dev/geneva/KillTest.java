package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.TestUdtfs.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A process that refreshes is killed ({@code kill -9}) at random moments: whoever looks sees the
 * old view or the new one, whole.
 */
class KillTest extends DatabaseTest {

  private static final int KILLS = 20;
  private static final int VERSIONS = 3;

  /** Refreshes to one version of the source after the other, and says so before and after. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = Geneva.connect(arguments[0])) {
        UdtfView view = connection.openUdtfView("view");
        System.out.println("ready " + view.countRows());
        if (System.in.read() < 0) {
          return;
        }
        for (long step = 0; ; step++) {
          long version = 1 + step % VERSIONS;
          System.out.println("begin " + version);
          view.refresh(RefreshOptions.builder().sourceVersion(version).build());
          System.out.println("end " + version);
        }
      }
    }
  }

  @Test
  void killedRefreshLeavesTheOldViewOrTheNewOne() throws Exception {
    Random random = new Random(20);
    Table source = items("items", 0, 4000);
    source.add(Item.class, Item.range(4000, 6000));
    source.delete("id % 2 = 0");
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));
    view.refresh();

    // The next one starts while this one is at work: it is the start that takes long.
    ChildJvm next = ChildJvm.start(folder, Worker.class, database.toString());
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        try (ChildJvm worker = next) {
          assertThat(worker.line()).as(worker::errors).startsWith("ready ");
          worker.send("go");
          List<String> lines = new ArrayList<>(List.of("end " + VERSIONS));
          // By its lines and not by the clock alone, so that a slow machine gets as far.
          for (int line = random.nextInt(6); line >= 0; line--) {
            lines.add(worker.line());
          }
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(40_000)));
          worker.kill();
          lines.addAll(worker.rest());
          next = ChildJvm.start(folder, Worker.class, database.toString());
          assertOldOrNew(source, view, lines, worker.errors());
        }
      }
    } finally {
      next.close();
    }

    assertThat(view.history())
        .extracting(RefreshRecord::outcome)
        .contains(Outcome.REFRESHED)
        .doesNotContain(Outcome.RUNNING, Outcome.FAILED);
  }

  private void assertOldOrNew(Table source, UdtfView view, List<String> lines, String errors) {
    String last = lines.get(lines.size() - 1);
    List<Long> possible =
        last.startsWith("begin")
            ? List.of(version(lines.get(lines.size() - 2)), version(last))
            : List.of(version(last));
    List<Item> rows = Rows.items(view);
    List<Long> found =
        possible.stream().filter(version -> Rows.items(source.at(version)).equals(rows)).toList();
    assertThat(found).as(() -> lines + "; " + rows.size() + " rows; " + errors).isNotEmpty();

    RefreshOptions sameVersion = RefreshOptions.builder().sourceVersion(found.get(0)).build();
    assertThat(view.refresh(sameVersion).status())
        .as("the view records the version that its rows are from")
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);

    try (Connection other = Geneva.connect(database.toString())) {
      UdtfView opened = other.openUdtfView("view");
      assertThat(opened.countRows()).isEqualTo(rows.size());
      opened.refresh();
      assertThat(Rows.items(opened)).isEqualTo(Rows.items(source));
    }
  }

  private static long version(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }
}
