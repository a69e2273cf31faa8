package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.CompiledUdtf.Code;
import dev.geneva.RefreshReport.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomorrow's process has another class behind the view, or none. */
class UdtfIdentityTest extends DatabaseTest {

  private static final Code CODE = Code.ofDefaults();

  private @Nullable CompiledUdtf yesterday;

  private void createCurrentView(Code code) throws IOException {
    Table source = items("items", 0, 10);
    CompiledUdtf udtf = code.compile(folder.resolve("yesterday"));
    yesterday = udtf;
    RefreshReport report =
        udtf.present(
            () ->
                connection
                    .createUdtfView("view", source.search(), udtf.withParameter(5L))
                    .refresh());
    assertThat(report.rowsWritten()).isEqualTo(10);
  }

  @AfterEach
  void closeClasses() throws IOException {
    if (yesterday != null) {
      yesterday.close();
    }
  }

  /** Opens the view anew with other code. */
  private RefreshReport refreshWith(Code code) throws IOException {
    try (CompiledUdtf today = code.compile(folder.resolve("today"));
        Connection other = Geneva.connect(database.toString())) {
      return today.present(() -> other.openUdtfView("view").refresh());
    }
  }

  @Test
  void sameCodeIsUpToDate() throws IOException {
    createCurrentView(CODE);

    assertThat(refreshWith(CODE).status()).isEqualTo(Status.UP_TO_DATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-g:none", "-g:lines", "-g:vars"})
  void debugDataDoesNotCount(String option) throws IOException {
    createCurrentView(CODE);

    assertThat(refreshWith(CODE.withOptions(option)).status()).isEqualTo(Status.UP_TO_DATE);
  }

  @Test
  void movedLinesDoNotCount() throws IOException {
    createCurrentView(CODE);

    Code moved = CODE.withStatement("\n\n // a comment\n out.collect(\nbatch\n);");

    assertThat(refreshWith(moved).status()).isEqualTo(Status.UP_TO_DATE);
  }

  @Test
  void changedNestMateRuns() throws IOException {
    createCurrentView(CODE);

    RefreshReport report =
        refreshWith(CODE.withStatement("out.collect(batch); out.collect(batch);"));

    assertThat(report.status()).isEqualTo(Status.REFRESHED);
    assertThat(report.reason()).isEqualTo("the function's code or version changed");
    assertThat(connection.openUdtfView("view").countRows()).isEqualTo(20);
  }

  @Test
  void changedVersionRuns() throws IOException {
    createCurrentView(CODE.withVersion("1"));

    RefreshReport report = refreshWith(CODE.withVersion("2"));

    assertThat(report.status()).isEqualTo(Status.REFRESHED);
    assertThat(report.reason()).isEqualTo("the function's code or version changed");
  }

  @Test
  void declaredVersionStandsForTheCode() throws IOException {
    createCurrentView(CODE.withVersion("1"));

    Code faster = CODE.withVersion("1").withStatement("if (batch != null) out.collect(batch);");

    assertThat(refreshWith(faster).status()).isEqualTo(Status.UP_TO_DATE);
  }

  @Test
  void missingClassIsNamedBeforeAnyWorkAndTheViewStaysReadable() throws IOException {
    createCurrentView(CODE);
    connection.openTable("items").add(Item.class, Item.range(10, 20));
    Map<String, String> before = Tree.of(database);

    try (Connection other = Geneva.connect(database.toString())) {
      UdtfView view = other.openUdtfView("view");
      assertThatThrownBy(view::refresh)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContainingAll("'view'", "made.Filter", "isn't on the class path");
      assertThatThrownBy(view::plan)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("made.Filter");
      assertThat(Rows.items(view)).isEqualTo(Item.range(0, 10));
      assertThat(view.definition().udtfClass()).isEqualTo("made.Filter");
      assertThat(view.definition().parameters()).isEqualTo("{\"threshold\":5}");
      assertThat(view.history()).hasSize(1);
      assertThat(Tree.of(database)).isEqualTo(before);
      other.dropUdtfView("view");
      assertThat(other.udtfViewNames()).isEmpty();
    }
  }

  @Test
  void renamedParameterIsRefused() throws IOException {
    createCurrentView(CODE);

    assertRefused(
        CODE.withParameter("Long", "threshhold"),
        "no parameter 'threshold'",
        "did you mean 'threshhold'?");
  }

  @Test
  void parameterOfAnotherTypeIsRefused() throws IOException {
    createCurrentView(CODE);

    assertRefused(
        CODE.withParameter("java.util.UUID", "threshold"),
        "Parameter 'threshold' of filter can't be 5",
        "java.util.UUID");
  }

  @Test
  void parameterOfAWiderTypeFits() throws IOException {
    createCurrentView(CODE);

    // The code is another, so the refresh runs; but it isn't refused.
    assertThat(refreshWith(CODE.withParameter("Double", "threshold")).status())
        .isEqualTo(Status.REFRESHED);
  }

  @Test
  void otherOutputColumnsAreRefused() throws IOException {
    createCurrentView(CODE);
    Schema other = new Schema(List.of(Rows.ID, Rows.NAME));

    assertRefused(
        CODE.withOutputSchema(other.toJson()), "'view'", "score", "filter", "create it anew");
  }

  private void assertRefused(Code code, String... inMessage) throws IOException {
    Map<String, String> before = Tree.of(database);
    assertThatThrownBy(() -> refreshWith(code))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContainingAll(inMessage);
    assertThat(Tree.of(database)).isEqualTo(before);
    assertThat(connection.openUdtfView("view").countRows()).isEqualTo(10);
  }
}
