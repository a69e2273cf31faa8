package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody needs any more is deleted, and nothing else. */
class CleanUpTest extends DatabaseTest {

  private static final ViewOptions TWO_VERSIONS =
      ViewOptions.builder().keepVersionsFor(Duration.ZERO).build();

  private final AtomicBoolean failing = new AtomicBoolean();
  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 100);
  }

  /** Yields all rows in one batch, and so one file; fails after it if it shall. */
  private UdtfView view(ViewOptions options) {
    return connection.createUdtfView(
        "view",
        source.search(),
        Scripted.as(
            (rows, out) -> {
              try (VectorSchemaRoot all = rows.toArrow()) {
                out.collect(all);
              }
              if (failing.get()) {
                throw new IOException("on purpose");
              }
            }),
        options);
  }

  @Test
  void theLastTwoVersionsStayAndAllYoungOnes() {
    UdtfView view = view(ViewOptions.ofDefaults());
    refreshes(view, 4);
    assertThat(versions()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(view.at(2).countRows()).isEqualTo(100);
  }

  @Test
  void olderVersionsGoWithTheirFiles() {
    UdtfView view = view(TWO_VERSIONS);
    refreshes(view, 5);
    assertThat(versions()).containsExactly(5L, 6L);
    assertThat(files()).hasSize(2);
    CleanUpOptions dryRun = CleanUpOptions.builder().dryRun().build();
    assertThat(view.cleanUp(dryRun).files()).isZero();
    assertThat(view.at(5).countRows()).isEqualTo(103);
    assertThat(view.countRows()).isEqualTo(104);
  }

  @Test
  void asManyVersionsStayAsTheOptionsSay() {
    UdtfView view =
        view(ViewOptions.builder().keepVersions(4).keepVersionsFor(Duration.ZERO).build());
    refreshes(view, 6);
    assertThat(versions()).containsExactly(4L, 5L, 6L, 7L);
  }

  @Test
  void aVersionThatAnotherViewReadsStays() {
    UdtfView view = view(TWO_VERSIONS);
    refreshes(view, 2);
    UdtfView over = connection.createUdtfView("over", view.at(3).search(), new Copy(10));
    refreshes(view, 4);
    assertThat(versions()).startsWith(3L);
    assertThat(over.refresh().rowsWritten()).isEqualTo(101);
  }

  @Test
  void aVersionWithATagStays() {
    UdtfView view = view(TWO_VERSIONS);
    refreshes(view, 2);
    new Foreign(database).change("view", dataset -> dataset.tags().create("release", 3));
    refreshes(view, 4);
    assertThat(versions()).containsExactly(3L, 6L, 7L);
    assertThat(view.at(3).countRows()).isEqualTo(101);
  }

  @Test
  void aRefreshThatCommitsDeletesWhatEarlierOnesLeft() {
    UdtfView view = view(TWO_VERSIONS);
    fails(view);
    List<String> first = files();
    source.add(Item.class, List.of(Item.of(1000)));
    fails(view);
    assertThat(files()).as("of the failed one before, too").hasSize(1).isNotEqualTo(first);
    source.add(Item.class, List.of(Item.of(1001)));
    failing.set(false);
    view.refresh();
    assertThat(files()).hasSize(1);
    assertThat(logFiles()).filteredOn(name -> name.startsWith("sidecar-")).hasSize(1);
    assertThat(view.history()).hasSize(3);
  }

  @Test
  void aFileThatNobodyKnowsOfGoesWithTheNextCleanUp() throws IOException {
    UdtfView view = view(TWO_VERSIONS);
    view.refresh();
    Files.write(database.resolve("view.lance/data/stray.lance"), new byte[100]);

    CleanUpReport would = view.cleanUp(CleanUpOptions.builder().dryRun().build());
    assertThat(would.dryRun()).isTrue();
    assertThat(would.files()).isEqualTo(1);
    assertThat(would.bytes()).isEqualTo(100);
    assertThat(files()).hasSize(2);

    CleanUpReport did = view.cleanUp();
    assertThat(did.dryRun()).isFalse();
    assertThat(did.files()).isEqualTo(1);
    assertThat(files()).hasSize(1);
    assertThat(view.countRows()).isEqualTo(100);
    assertThat(view.cleanUp().files()).isZero();
    assertThat(view.history()).as("a clean-up is no refresh").hasSize(1);
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void unfinishedWorkStaysUnlessItIsAskedFor() {
    UdtfView view = view(TWO_VERSIONS);
    fails(view);
    assertThat(view.cleanUp())
        .satisfies(
            report -> {
              assertThat(report.files()).isZero();
              assertThat(report.filesKept()).isEqualTo(1);
            });
    List<String> kept = files();
    assertThat(kept).hasSize(1);
    failing.set(false);
    view.refresh();
    assertThat(files()).containsAll(kept);

    source.add(Item.class, List.of(Item.of(1000)));
    fails(view);
    CleanUpOptions all = CleanUpOptions.builder().deleteUnfinishedWork().build();
    assertThat(view.cleanUp(all).files()).isEqualTo(1);
    assertThat(files()).isEqualTo(kept);
    failing.set(false);
    assertThat(view.refresh().rowsWritten()).isEqualTo(101);
  }

  @Test
  void aViewThatIsBeingRefreshedIsNotCleaned() {
    AtomicBoolean tried = new AtomicBoolean();
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  assertThatThrownBy(() -> connection.openUdtfView("view").cleanUp())
                      .isInstanceOf(RefreshInProgressException.class)
                      .hasMessageContaining("View 'view' is being refreshed by process ");
                  tried.set(true);
                }));
    view.refresh();
    assertThat(tried).isTrue();
  }

  @Test
  void theLogDoesNotGrowWithWhatNobodyNeeds() {
    UdtfView view = view(TWO_VERSIONS);
    refreshes(view, 5);
    assertThat(logFiles())
        .filteredOn(name -> name.startsWith("record-"))
        .as("begin, end and clean-up of each")
        .hasSize(15);
    assertThat(view.history()).hasSize(5);
  }

  private void refreshes(UdtfView view, int times) {
    for (int i = 0; i < times; i++) {
      if (i > 0) {
        source.add(Item.class, List.of(Item.of(1000 + i)));
      }
      if (view.countRows() == 0 || i > 0) {
        view.refresh();
      } else {
        source.add(Item.class, List.of(Item.of(2000)));
        view.refresh();
      }
    }
  }

  private void fails(UdtfView view) {
    failing.set(true);
    assertThatThrownBy(view::refresh).isInstanceOf(PartitionFailedException.class);
  }

  private List<Long> versions() {
    return Tree.names(database.resolve("view.lance/_versions")).stream()
        .filter(name -> name.endsWith(".manifest"))
        .map(name -> name.substring(0, name.indexOf('.')))
        .map(digits -> -1 - Long.parseUnsignedLong(digits))
        .sorted()
        .toList();
  }

  private List<String> files() {
    return Tree.names(database.resolve("view.lance/data"));
  }

  private List<String> logFiles() {
    Path log =
        database
            .resolve("_geneva")
            .resolve(connection.openUdtfView("view").definition().uuid().toString());
    return Tree.names(log);
  }
}
