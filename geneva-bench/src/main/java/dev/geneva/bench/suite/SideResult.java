package dev.geneva.bench.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one side in one case.
 *
 * @param side its name
 * @param values of each run that counts, in the order in which they were run; none if it wasn't run
 * @param note why it wasn't run, or not as often as others; null if there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SideResult(String side, List<Double> values, @Nullable String note) {
  /** Copies the list. */
  public SideResult {
    values = List.copyOf(values);
  }
}
