package dev.geneva.internal.text;

import static java.lang.Boolean.FALSE;
import static java.lang.Boolean.TRUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** That Lance reads a predicate as it was written, or not at all. */
class PredicatesOnLanceTest {

  private static final int ROWS = 10;
  private static Path folder;
  private static TestDatabase database;
  private static LanceDataset table;

  @BeforeContainer
  static void createTable() throws IOException {
    folder = Files.createTempDirectory("predicates");
    database = new TestDatabase(folder);
    database.create("t", 0, ROWS);
    table = database.open("t");
  }

  @AfterContainer
  static void close() throws IOException {
    table.close();
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A truth of SQL: {@code null} is "unknown". */
  @FunctionalInterface
  interface Meaning {
    @Nullable Boolean of(long id);

    default Meaning and(Meaning other) {
      return id -> {
        Boolean a = of(id);
        Boolean b = other.of(id);
        if (FALSE.equals(a) || FALSE.equals(b)) {
          return FALSE;
        }
        return (a == null || b == null) ? null : TRUE;
      };
    }

    default Meaning not() {
      return id -> {
        Boolean a = of(id);
        return a == null ? null : !a;
      };
    }

    default Meaning or(Meaning other) {
      return not().and(other.not()).not();
    }

    default long rows() {
      return LongStream.range(0, ROWS).filter(id -> TRUE.equals(of(id))).count();
    }
  }

  /** A predicate and what it means. */
  record Meant(String sql, Meaning meaning) {
    @Override
    public String toString() {
      return sql;
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsWhatIsSelected(@ForAll("predicates") Meant predicate) {
    assertThat(count(Predicates.enclosed(predicate.sql()))).isEqualTo(predicate.meaning().rows());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void severalPredicatesMustAllBeTrue(
      @ForAll("predicates") Meant first, @ForAll("predicates") Meant second) {
    assertThat(count(Predicates.all(List.of(first.sql(), second.sql())).orElseThrow()))
        .isEqualTo(first.meaning().and(second.meaning()).rows());
  }

  /**
   * Whatever is accepted stands for itself: with {@code AND false} behind it, nothing is left. That
   * wouldn't be so if the text could end its parentheses, as in {@code true) OR (true}.
   */
  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void noTextBreaksOutOfItsParentheses(@ForAll("texts") String text) {
    String enclosed;
    try {
      enclosed = Predicates.enclosed(text);
    } catch (InvalidDefinitionException e) {
      return;
    }
    Optional<Long> rows = tryCount(enclosed + " AND false");
    assertThat(rows.orElse(0L)).isZero();
    // Without the parentheses Lance may take a beginning of it for all; with them it never does.
    Optional<Long> twice = tryCount("(" + enclosed + ") OR false");
    tryCount(enclosed).ifPresent(count -> assertThat(twice).hasValue(count));
  }

  @Example
  void whatFollowsAPredicateIsAnError() {
    for (String predicate :
        List.of("id = 3 oops", "id = 3; DROP TABLE t", "id = 3 {", "id = 3 id = 4")) {
      assertThat(tryCount(predicate)).as("Lance alone reads: %s", predicate).hasValue(1L);
      assertThatThrownBy(() -> count(Predicates.enclosed(predicate)))
          .as(predicate)
          .isInstanceOf(InvalidDefinitionException.class);
    }
  }

  @Example
  void theLongestChainsThatAreAcceptedAreRead() throws Exception {
    for (String predicate :
        List.of(
            "id = 1" + " OR id = 2".repeat(124),
            "id = 1" + " + 1".repeat(249),
            "id" + "::int".repeat(249) + " = 1",
            "id = 1" + " AND true".repeat(249),
            "name = 'a'" + " || 'b'".repeat(249))) {
      FutureTask<Long> count = new FutureTask<>(() -> count(Predicates.enclosed(predicate)));
      // On a thread with the stack that threads usually have.
      Thread thread = new Thread(null, count, "reader", 1 << 20);
      thread.start();
      assertThat(count.get(60, TimeUnit.SECONDS)).isBetween(0L, 2L);
      thread.join();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "'", "'", "\"", "`", "(", ")", "--", "/*", "*/", "\n", "\r", "\\", " ", "''", "$", "$$",
            "?", ":", "::", "id = 1", "id = 2", "true", " OR ", " AND ", " NOT ", "n", "E", "x",
            "1", "name = ", ";", ",", "[", "]", "{", "}", "#", "@", "id IN (", "é")
        .list()
        .ofMinSize(1)
        .ofMaxSize(10)
        .map(tokens -> String.join("", tokens));
  }

  @Provide
  Arbitrary<Meant> predicates() {
    return predicates(3);
  }

  private Arbitrary<Meant> predicates(int depth) {
    Arbitrary<Meant> leaf =
        Combinators.combine(
                Arbitraries.integers().between(0, ROWS), Arbitraries.integers().between(0, 7))
            .as(PredicatesOnLanceTest::leaf);
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Meant> inner = predicates(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        Combinators.combine(inner, inner, spaces())
            .as(
                (a, b, s) ->
                    new Meant(
                        "(" + a.sql() + s + ") AND" + s + "(" + b.sql() + s + ")",
                        a.meaning().and(b.meaning()))),
        Combinators.combine(inner, inner, spaces())
            .as(
                (a, b, s) ->
                    new Meant(
                        "(" + a.sql() + s + ") OR" + s + "(" + b.sql() + s + ")",
                        a.meaning().or(b.meaning()))),
        Combinators.combine(inner, spaces())
            .as((a, s) -> new Meant("NOT" + s + "(" + a.sql() + s + ")", a.meaning().not())),
        Combinators.combine(inner, comments()).as((a, s) -> new Meant(a.sql() + s, a.meaning())));
  }

  private static Arbitrary<String> spaces() {
    return Arbitraries.of(" ", "\n", "  \t", "/* ) */", " /* ' */ ", "-- (\n", " -- it's\n");
  }

  /** What may stand at the end, also without a line break. */
  private static Arbitrary<String> comments() {
    return Arbitraries.of(" ", " -- )\n", " /* ( */", "\n-- '\n");
  }

  private static Meant leaf(int number, int kind) {
    return switch (kind) {
      case 0 -> new Meant("id = " + number, id -> id == number);
      case 1 -> new Meant("`id` > " + number, id -> id > number);
      case 2 ->
          new Meant(
              "name = 'row " + number + "'", id -> id % 7 == 0 ? null : (Boolean) (id == number));
      case 3 -> new Meant("name IS NULL", id -> id % 7 == 0);
      case 4 -> new Meant("id IN (" + number + ", 3)", id -> id == number || id == 3);
      case 5 -> new Meant("coalesce(name, ') OR (''') = ') OR ('''", id -> id % 7 == 0);
      case 6 -> new Meant("id::int + 1 <= " + number, id -> id + 1 <= number);
      default -> new Meant("id BETWEEN 2 AND " + number, id -> id >= 2 && id <= number);
    };
  }

  private static long count(String filter) {
    return table.countRows(Optional.of(filter));
  }

  private static Optional<Long> tryCount(String filter) {
    try {
      return Optional.of(count(filter));
    } catch (GenevaException e) {
      return Optional.empty();
    }
  }
}
