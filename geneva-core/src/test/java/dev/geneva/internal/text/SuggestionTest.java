package dev.geneva.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static final List<String> COLUMNS =
      List.of("row_id", "phash", "embedding", "isDuplicate");

  @Test
  void theNearestNameIsSuggested() {
    assertThat(Suggestion.among(COLUMNS, "pash")).isEqualTo("; did you mean 'phash'?");
    assertThat(Suggestion.among(COLUMNS, "embeding")).isEqualTo("; did you mean 'embedding'?");
  }

  @Test
  void caseAndSeparatorsHardlyMatter() {
    assertThat(Suggestion.nearest(COLUMNS, "rowId")).hasValue("row_id");
    assertThat(Suggestion.nearest(COLUMNS, "ROW-ID")).hasValue("row_id");
    assertThat(Suggestion.nearest(COLUMNS, "is_duplicate")).hasValue("isDuplicate");
  }

  @Test
  void aNameThatIsFarFromAllIsAnsweredWithAll() {
    assertThat(Suggestion.among(COLUMNS, "price"))
        .isEqualTo("; there is: row_id, phash, embedding, isDuplicate.");
  }

  @Test
  void manyNamesAreNotAllListed() {
    List<String> many = IntStream.range(0, 40).mapToObj(i -> "column_" + i).toList();

    assertThat(Suggestion.among(many, "x"))
        .startsWith("; there is: column_0, column_1, ")
        .endsWith("column_11, … (40 in all).");
  }

  @Test
  void whereThereIsNothingNothingIsSuggested() {
    assertThat(Suggestion.among(List.of(), "x")).isEqualTo(".");
    assertThat(Suggestion.nearest(List.of(), "x")).isEmpty();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void oneWrongLetterIsAlwaysForgiven(
      @ForAll("names") String name, @ForAll @IntRange(max = 1000) int where) {
    StringBuilder wrong = new StringBuilder(name);
    wrong.setCharAt(where % name.length(), '#');

    assertThat(Suggestion.nearest(List.of("something_else_altogether", name), wrong.toString()))
        .hasValue(name);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aNameThatIsThereIsItsOwnNearest(@ForAll("names") String name) {
    assertThat(
            Suggestion.nearest(List.of("zzzzzzzzzzzzzzzzzz", name), name.toUpperCase(Locale.ROOT)))
        .hasValue(name);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'y').ofMinLength(2).ofMaxLength(15);
  }
}
