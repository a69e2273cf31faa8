package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.RefreshReport.Status;
import dev.geneva.TestUdtfs.Copy;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lance.WriteParams.WriteMode;

/** Which changes of the source make a refresh run, and which don't. */
class IdentityTest extends DatabaseTest {

  private Table source;
  private UdtfView view;
  private Foreign foreign;

  @BeforeEach
  void createCurrentView() {
    source = items("items", 0, 100);
    source.add(Item.class, Item.range(100, 110));
    source.add(Item.class, Item.range(110, 200));
    source.delete("id = 150");
    view = connection.createUdtfView("view", source.search().where("id >= 0"), new Copy(1000));
    view.refresh();
    foreign = new Foreign(database);
  }

  @Test
  void indexOnTheSourceChangesNothing() {
    foreign.buildIndex("items", "id");

    assertThat(source.version()).isEqualTo(5);
    assertCurrent("version 5 of the source has the rows of version 4");
  }

  @Test
  void configurationOfTheSourceChangesNothing() {
    foreign.setConfig("items", "some.key", "some value");

    assertThat(source.version()).isEqualTo(5);
    assertCurrent("version 5 of the source has the rows of version 4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void compactionOfTheSourceChangesNothing(boolean indexed) {
    if (indexed) {
      foreign.buildIndex("items", "id");
    }
    int files = Tree.names(database.resolve("items.lance/data")).size();

    foreign.compact("items");

    assertThat(Tree.names(database.resolve("items.lance/data"))).hasSizeGreaterThan(files);
    assertCurrent("version " + source.version() + " of the source has the rows of version 4");
  }

  @Test
  void severalHarmlessChangesInARowChangeNothing() {
    foreign.setConfig("items", "some.key", "some value");
    foreign.buildIndex("items", "id");
    foreign.compact("items");
    foreign.buildIndex("items", "score");
    foreign.setConfig("items", "some.key", "another value");

    assertCurrent("has the rows of version 4");
  }

  @Test
  void sourceThatWasRestoredIsEqual() {
    source.add(Item.class, Item.range(500, 501));
    foreign.change(
        "items",
        dataset -> {
          dataset.checkoutVersion(4).restore();
        });

    assertThat(source.version()).isEqualTo(6);
    assertCurrent("version 6 of the source has the rows of version 4");
  }

  @Test
  void appendAfterHarmlessChangesRuns() {
    foreign.buildIndex("items", "id");
    source.add(Item.class, Item.range(200, 201));
    foreign.compact("items");

    assertRuns("the source changed from version 4 to");
    assertThat(view.countRows()).isEqualTo(200);
  }

  @Test
  void rowThatWasDeletedAndAddedAgainRuns() {
    source.delete("id = 199");
    source.add(Item.class, Item.range(199, 200));

    assertRuns("the source changed from version 4 to 6");
  }

  @Test
  void rowsThatWereAddedAndAllDeletedAgainLeaveTheSourceEqual() {
    source.add(Item.class, Item.range(500, 510));
    source.delete("id >= 500");

    assertCurrent("version 6 of the source has the rows of version 4");
  }

  @Test
  void rowThatWasDeletedAndCompactedAwayRuns() {
    source.delete("id = 7");
    foreign.compact("items");

    assertRuns("the source changed from version 4 to");
    assertThat(view.countRows()).isEqualTo(198);
  }

  @Test
  void columnThatWasAddedToTheSourceLeavesTheViewRight() {
    foreign.addColumn("items", "double_score", "score * 2");

    UdtfView narrow =
        connection.createUdtfView(
            "narrow", source.search().select("id", "name", "score"), new Copy(1000));
    narrow.refresh();

    assertThat(Rows.items(narrow)).isEqualTo(Rows.items(view));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sourceThatWasCreatedAnewWithTheSameVersionRuns(boolean handleIsOpen) {
    if (handleIsOpen) {
      assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    }
    connection.dropTable("items");
    Table again = items("items", 1000, 1001);
    again.add(Item.class, Item.range(1001, 1002));
    again.add(Item.class, Item.range(1002, 1003));
    again.add(Item.class, Item.range(1003, 1004));
    assertThat(again.version()).isEqualTo(4);

    RefreshReport report =
        handleIsOpen ? view.refresh() : connection.openUdtfView("view").refresh();

    assertThat(report.status()).isEqualTo(Status.REFRESHED);
    assertThat(report.reason()).isEqualTo("the source was created anew");
    assertThat(Rows.items(view)).isEqualTo(Item.range(1000, 1004));
  }

  @Test
  void sourceThatWasCreatedAnewByAnotherProgramRuns() {
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    foreign.drop("items");
    foreign.write("items", WriteMode.CREATE, 0, 3);

    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 3));
  }

  @Test
  void droppedSourceIsAnErrorAndTheViewStaysReadable() {
    connection.dropTable("items");

    assertThatThrownBy(view::refresh)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("'items'");
    assertThat(view.countRows()).isEqualTo(199);
  }

  @Test
  void indexOrConfigurationOfTheViewChangesNothing() {
    foreign.buildIndex("view", "id");
    foreign.setConfig("view", "some.key", "some value");

    assertCurrent("nothing changed since version 4 of the source");
    source.delete("id = 9");
    assertRuns("the source changed from version 4 to 5");
    assertThat(view.countRows()).isEqualTo(198);
  }

  @Test
  void viewWhoseRecordSomebodyTookAwayIsComputedAnew() {
    foreign.replaceConfig("view", "some.key", "some value");

    assertRuns("never refreshed");
  }

  @Test
  void sourceMadeOfManyVersionsIsStillSeenAsEqual() {
    for (int i = 0; i < 30; i++) {
      foreign.setConfig("items", "count", Integer.toString(i));
    }

    assertThat(source.version()).isEqualTo(34);
    assertCurrent("version 34 of the source has the rows of version 4");
  }

  /** To the open handle, to a new one, and to a new process, as it were; nothing is written. */
  private void assertCurrent(String reason) {
    Map<String, String> before = Tree.of(database);
    RefreshReport report = view.refresh();
    assertThat(report.status()).as(report.reason()).isEqualTo(Status.UP_TO_DATE);
    assertThat(report.reason()).contains(reason);
    assertThat(report.sourceVersion()).isEqualTo(source.version());
    assertThat(view.plan().upToDate()).isTrue();
    try (Connection other = Geneva.connect(database.toString())) {
      assertThat(other.openUdtfView("view").refresh().status()).isEqualTo(Status.UP_TO_DATE);
    }
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  private void assertRuns(String reason) {
    assertThat(view.plan().upToDate()).isFalse();
    RefreshReport report = view.refresh();
    assertThat(report.status()).isEqualTo(Status.REFRESHED);
    assertThat(report.reason()).startsWith(reason);
    assertThat(Rows.items(view)).isEqualTo(Rows.items(source));
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
  }
}
