package dev.geneva.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.InvalidDefinitionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicatesTest {

  @Test
  void noPredicatesAreNone() {
    assertThat(Predicates.all(List.of())).isEmpty();
  }

  @Test
  void eachPredicateStandsInItsOwnParentheses() {
    assertThat(Predicates.all(List.of("a = 1 OR b = 2"))).hasValue("(a = 1 OR b = 2\n)");
    assertThat(Predicates.all(List.of("a = 1 OR b = 2", "c -- x")))
        .hasValue("(a = 1 OR b = 2\n) AND (c -- x\n)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = 1",
        "((id) = (1))",
        "name = ')'",
        "name = '(' OR name = \")\"",
        "`a)b` = 1",
        "name = 'it''s )'",
        "id = 1 -- )",
        "id = 1 /* ) ( ' */",
        "id = 1 -- ' \n OR (id = 2)",
        "id = 1 -- \" ' `",
        "name = '--' OR (id = 1)",
        "name = '/*' OR (id = 1)",
        "id::int = 1",
        "name = '$1 ? :x'",
        "`$` = 1 AND \"?\" = 'x'",
        "id = 1 -- why? $5",
        "name = 'n' AND n = 'b'",
        "N 'x' = X'41'",
        "[1, 2][1 : 2] = [1]",
      })
  void whatIsBalancedIsAccepted(String predicate) {
    assertThat(Predicates.enclosed(predicate)).isEqualTo("(" + predicate + "\n)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(id = 1",
        "id = 1)",
        "id = 1) OR (id = 2",
        ")(",
        "id = 1 -- \n )",
        "name = '(' ) ",
      })
  void parenthesesThatDoNotMatchAreRefused(String predicate) {
    assertThatThrownBy(() -> Predicates.enclosed(predicate))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("The parentheses don't match in: " + predicate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name = 'x", "name = \"x", "`name = 1", "name = 'it''s", "id = 1 /* x"})
  void whatDoesNotEndIsRefused(String predicate) {
    assertThatThrownBy(() -> Predicates.enclosed(predicate))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageEndingWith(" at the end in: " + predicate);
  }

  /** Lance ends the process at these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = ?",
        "id IN (?)",
        "id = $1",
        "id = $",
        "name = $$x$$",
        "id = :x",
        "id = @`x`",
        "@"
      })
  void placeholdersAreRefused(String predicate) {
    assertThatThrownBy(() -> Predicates.enclosed(predicate))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("There are no placeholders, so '")
        .hasMessageEndingWith(" In: " + predicate);
    assertThatThrownBy(() -> Predicates.all(List.of("id = 1", predicate)))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @Test
  void aDollarQuoteCannotHideAParenthesis() {
    assertThatThrownBy(() -> Predicates.enclosed("id = 1 AND s = $$'$$) OR (1 = 1 -- '"))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  /** Lance ends the process at these, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {"s = N'x'", "s = n'x'", "s=R'x'", "s = r\"x\"", "(b'01') = s", "s = B\"01\""})
  void stringsWithAPrefixAreRefused(String predicate) {
    assertThatThrownBy(() -> Predicates.enclosed(predicate))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("A string has nothing before its quotes: '…', not ")
        .hasMessageEndingWith(" In: " + predicate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" OR id = 2", " + 1", "::int", " IS NULL", " * -2", "[1]", " || 'x'", " NOT"})
  void moreOperatorsThanLanceCanReadAreRefused(String repeated) {
    String predicate = "id" + repeated.repeat(251);

    assertThatThrownBy(() -> Predicates.enclosed(predicate))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("More operators than Lance can read: ")
        .hasMessageContaining("Write many alternatives as IN (…).")
        .hasMessageEndingWith(predicate.substring(0, 100) + "…");
  }

  @Test
  void theLimitIsForAllPredicatesTogether() {
    String hundred = "id = 1" + " + 1".repeat(100);

    assertThatCode(() -> Predicates.all(List.of(hundred, hundred))).doesNotThrowAnyException();
    assertThatThrownBy(() -> Predicates.all(List.of(hundred, hundred, hundred)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("More operators than Lance can read: 305, where 250 are allowed.");
  }

  @Test
  void aLongListIsNoChain() {
    assertThatCode(() -> Predicates.enclosed("id IN (1" + ", 2".repeat(100_000) + ")"))
        .doesNotThrowAnyException();
  }
}
