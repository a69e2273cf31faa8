package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.TestUdtfs.Copy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A view outlives the process that created it. */
class ProcessTest extends DatabaseTest {

  /** Opens the view, refreshes it twice, and says what happened. */
  static final class Refresher {
    private Refresher() {}

    public static void main(String[] arguments) {
      try (Connection connection = Geneva.connect(arguments[0])) {
        UdtfView view = connection.openUdtfView("view");
        System.out.println(view.plan().reason());
        RefreshReport report = view.refresh();
        System.out.println(report.status() + " " + report.rowsWritten());
        System.out.println(view.refresh().status());
        System.out.println(Rows.items(view).equals(Item.range(0, 1000)));
      }
    }
  }

  @Test
  void anotherProcessReopensAndRefreshesTheView() throws Exception {
    Table source = items("items", 0, 400);
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(64));
    view.refresh();
    source.add(Item.class, Item.range(400, 1000));
    List<String> flags = new ArrayList<>(ChildJvm.lanceFlags());
    flags.addAll(List.of("-Duser.language=ar", "-Duser.country=EG")); // with digits of its own

    try (ChildJvm child = new ChildJvm(folder, flags, Refresher.class, database.toString())) {
      child.expect("the source changed from version 1 to 2");
      child.expect("REFRESHED 1000");
      child.expect("UP_TO_DATE");
      child.expect("true");
      assertThat(child.line()).isNull();
      assertThat(child.exitCode()).as(child::errors).isZero();
      assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
      assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
      assertThat(view.history().get(0).owner()).contains("process " + child.pid());
      assertThat(view.history()).hasSize(2);
    }
  }

  /** Refreshes the view with a function that waits for input. */
  static final class Waiter {
    private Waiter() {}

    public static void main(String[] arguments) {
      try (Connection connection = Geneva.connect(arguments[0])) {
        connection.openUdtfView("view").refresh();
        System.out.println("done");
      }
    }
  }

  @Test
  void refreshOfAnotherProcessIsInProgressUntilItDies() throws Exception {
    Table source = items("items", 0, 100);
    UdtfView view =
        connection.createUdtfView("view", source.search(), new TestUdtfs.WaitingForInput());

    try (ChildJvm child = ChildJvm.start(folder, Waiter.class, database.toString())) {
      child.expect("waiting");
      assertThatThrownBy(view::refresh)
          .isInstanceOf(RefreshInProgressException.class)
          .hasMessageContainingAll("'view'", "process " + child.pid());
      assertThatThrownBy(() -> connection.dropUdtfView("view"))
          .isInstanceOf(RefreshInProgressException.class);
      assertThat(outcomes(view)).containsExactly(Outcome.RUNNING);

      child.kill();

      assertThat(outcomes(view)).containsExactly(Outcome.ABANDONED);
      assertThat(view.countRows()).isZero();
    }
    try (ChildJvm child = ChildJvm.start(folder, Waiter.class, database.toString())) {
      child.expect("waiting");
      child.send("go on");
      child.expect("done");
      assertThat(child.exitCode()).as(child::errors).isZero();
    }
    assertThat(outcomes(view)).containsExactly(Outcome.REFRESHED, Outcome.ABANDONED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 100));
  }

  private static List<Outcome> outcomes(UdtfView view) {
    return view.history().stream().map(RefreshRecord::outcome).toList();
  }

  /** Connects, which needs a flag. */
  static final class Connector {
    private Connector() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          Geneva.connect(arguments[0]).close();
        } catch (UnsupportedRuntimeException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @Test
  void missingFlagOfTheJvmIsNamedEachTime() throws Exception {
    try (ChildJvm child = new ChildJvm(folder, List.of(), Connector.class, database.toString())) {
      List<String> lines = child.rest();

      assertThat(lines).as(child::errors).hasSize(2);
      assertThat(lines)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "start Java with --add-opens=java.base/java.nio=ALL-UNNAMED",
                          "Add-Opens: java.base/java.nio"));
    }
    assertThat(database).doesNotExist();
  }
}
