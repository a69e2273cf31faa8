package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.RefreshReport.Status;
import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lance.WriteParams.WriteMode;
import org.lance.schema.ColumnAlteration;

/** Views that somebody else has changed: never overwritten without a word. */
class AlteredViewTest extends DatabaseTest {

  private Table source;
  private UdtfView view;
  private Foreign foreign;

  /** What the function does besides copying. */
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  @BeforeEach
  void createCurrentView() {
    source = items("items", 0, 10);
    view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  new Copy(100).process(rows, out);
                  meanwhile.get().run();
                }));
    view.refresh();
    foreign = new Foreign(database);
  }

  static Stream<Named<Consumer<Foreign>>> alterations() {
    return Stream.of(
        Named.of("column added", foreign -> foreign.addColumn("view", "more", "id + 1")),
        Named.of(
            "column dropped",
            foreign -> foreign.change("view", view -> view.dropColumns(List.of("score")))),
        Named.of(
            "column renamed",
            foreign ->
                foreign.change(
                    "view",
                    view ->
                        view.alterColumns(
                            List.of(
                                new ColumnAlteration.Builder("score").rename("rank").build())))));
  }

  @ParameterizedTest
  @MethodSource("alterations")
  void viewWithOtherColumnsIsRefusedBeforeAnyWork(Consumer<Foreign> alteration) {
    alteration.accept(foreign);
    source.add(Item.class, Item.range(10, 20));
    Map<String, String> before = Tree.of(database);

    assertThatThrownBy(view::refresh)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContainingAll("View 'view' was altered", "drop the view and create it anew");
    assertThatThrownBy(() -> connection.openUdtfView("view").refresh())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("View 'view' was altered");

    assertThat(Tree.of(database)).isEqualTo(before);
    assertThat(view.history()).hasSize(1);
    assertThat(view.search().select("id").records(Id.class).count()).isEqualTo(10);
  }

  @Test
  void unchangedViewWithOtherColumnsIsRefusedToo() {
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    foreign.addColumn("view", "more", "id + 1");

    assertThatThrownBy(view::refresh)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("more");
  }

  @Test
  void viewThatWasOverwrittenByAnotherProgramIsNoViewAnyMore() {
    foreign.write("view", WriteMode.OVERWRITE, 0, 3);

    assertThatThrownBy(view::refresh)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("'view' is no longer a view: somebody overwrote it");
    assertThat(connection.tableNames()).containsExactly("items", "view");
    assertThat(Rows.items(connection.openTable("view"))).isEqualTo(Item.range(0, 3));
  }

  static Stream<Named<Consumer<Foreign>>> foreignRows() {
    return Stream.of(
        Named.of("rows added", foreign -> foreign.write("view", WriteMode.APPEND, 50, 60)),
        Named.of("rows deleted", foreign -> foreign.change("view", view -> view.delete("id < 5"))));
  }

  @ParameterizedTest
  @MethodSource("foreignRows")
  void rowsThatSomebodyChangedAreComputedAnew(Consumer<Foreign> change) {
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    change.accept(foreign);

    RefreshReport report = view.refresh();

    assertThat(report.reason()).isEqualTo("somebody else changed the view's rows");
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 10));
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
  }

  @ParameterizedTest
  @MethodSource("foreignRows")
  void rowsThatSomebodyChangesMeanwhileAreAConflict(Consumer<Foreign> change) {
    source.add(Item.class, Item.range(10, 20));
    meanwhile.set(() -> change.accept(foreign));

    assertConflict("given other rows");

    assertThat(Rows.items(view)).isNotEqualTo(Item.range(0, 20));
    recovers();
  }

  @Test
  void columnThatSomebodyAddsMeanwhileIsAConflict() {
    source.add(Item.class, Item.range(10, 20));
    meanwhile.set(() -> foreign.addColumn("view", "more", "id + 1"));

    assertConflict("given other columns");

    assertThat(view.schema().findField("more")).isNotNull();
    assertThat(view.countRows()).isEqualTo(10);
  }

  @Test
  void viewThatSomebodyOverwritesMeanwhileIsAConflict() {
    source.add(Item.class, Item.range(10, 20));
    meanwhile.set(() -> foreign.write("view", WriteMode.OVERWRITE, 0, 3));

    assertConflict("replaced by another table");

    assertThat(Rows.items(connection.openTable("view"))).isEqualTo(Item.range(0, 3));
  }

  @Test
  void viewThatSomebodyDropsMeanwhileStaysDropped() {
    source.add(Item.class, Item.range(10, 20));
    // Not while its files are written, as the folder then couldn't be deleted.
    RefreshListener dropping =
        progress -> {
          if (progress.stage() == Stage.COMMIT) {
            foreign.drop("view");
          }
        };

    assertThatThrownBy(() -> view.refresh(RefreshOptions.builder().listener(dropping).build()))
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContaining("View 'view' was dropped while it was refreshed");

    assertThat(connection.udtfViewNames()).isEmpty();
    assertThat(connection.tableNames()).containsExactly("items");
  }

  @Test
  void indexThatSomebodyBuildsMeanwhileDoesNoHarm() {
    source.add(Item.class, Item.range(10, 20));
    meanwhile.set(() -> foreign.buildIndex("view", "id"));

    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 20));
  }

  @Test
  void sourceThatIsDroppedMeanwhileDoesNoHarmToWhatIsRead() {
    source.add(Item.class, Item.range(10, 20));
    meanwhile.set(() -> connection.dropTable("items"));

    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 20));
    assertThatThrownBy(view::refresh).isInstanceOf(NotFoundException.class);
  }

  private void assertConflict(String how) {
    assertThatThrownBy(view::refresh)
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContainingAll("'view'", how, "while it was refreshed");
    meanwhile.set(() -> {});
  }

  private void recovers() {
    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 20));
    assertThat(view.history().get(1).outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
  }
}
