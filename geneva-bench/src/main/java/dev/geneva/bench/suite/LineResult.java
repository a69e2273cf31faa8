package dev.geneva.bench.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.geneva.bench.Spread;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one line.
 *
 * @param line its name
 * @param suite in which it was run
 * @param conditions under which
 * @param cases in order
 * @param failure why it ended early; null if it didn't
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineResult(
    String line,
    String suite,
    Conditions conditions,
    List<CaseResult> cases,
    @Nullable String failure) {
  /** Copies the list. */
  public LineResult {
    cases = List.copyOf(cases);
  }

  /** The median of a figure, if it was measured. */
  public Optional<Double> median(Figure figure) {
    return cases.stream()
        .filter(one -> one.label().equals(figure.label()))
        .flatMap(one -> one.sides().stream())
        .filter(side -> side.side().equals(figure.side()) && !side.values().isEmpty())
        .map(side -> Spread.of(side.values()).median())
        .findFirst();
  }
}
