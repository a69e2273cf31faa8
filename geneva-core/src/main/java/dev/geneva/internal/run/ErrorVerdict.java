package dev.geneva.internal.run;

import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.ErrorRule;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What follows from an error.
 *
 * @param action what happens
 * @param pause before the next attempt
 * @param rule the rule that decided; empty if none matched
 */
record ErrorVerdict(ErrorAction action, Duration pause, Optional<ErrorRule> rule) {

  /**
   * Decides: the first rule that matches, but a retry that is used up goes on to the rules after
   * it.
   *
   * @param attempt the attempt that failed, from 1
   */
  static ErrorVerdict of(ErrorPolicy policy, Throwable error, int attempt) {
    for (ErrorRule rule : policy.rules()) {
      if (rule.matches(error)) {
        if (rule.action() != ErrorAction.RETRY) {
          return new ErrorVerdict(rule.action(), Duration.ZERO, Optional.of(rule));
        }
        if (attempt < rule.maxAttempts()) {
          return new ErrorVerdict(
              ErrorAction.RETRY, jittered(rule, attempt + 1), Optional.of(rule));
        }
      }
    }
    return new ErrorVerdict(ErrorAction.FAIL, Duration.ZERO, Optional.empty());
  }

  private static Duration jittered(ErrorRule rule, int attempt) {
    Duration pause = rule.waitBefore(attempt);
    return rule.jitter()
        ? Duration.ofNanos(
            (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.0)))
        : pause;
  }
}
