package dev.geneva.udtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ErrorRuleTest {

  @Test
  void aRuleMatchesAnErrorOrOneOfItsCausesByClassAndMessage() {
    ErrorRule rule = ErrorRule.retry(IOException.class).withMatch("timed? out");

    assertThat(rule.matches(new FileNotFoundException("it timed out there"))).isTrue();
    assertThat(rule.matches(new RuntimeException("x", new IOException("time out")))).isTrue();
    assertThat(rule.matches(new IOException("gone"))).isFalse();
    assertThat(rule.matches(new IOException((String) null))).isFalse();
    // Class and message belong to the same exception.
    assertThat(rule.matches(new RuntimeException("timed out", new IOException("x")))).isFalse();
  }

  @Test
  void aRuleWithoutClassesIsForEveryError() {
    assertThat(ErrorRule.skip().matches(new AssertionError())).isTrue();
  }

  @Test
  void aCycleOfCausesEnds() {
    RuntimeException one = new RuntimeException("one");
    RuntimeException other = new RuntimeException("other", one);
    one.initCause(other);

    assertThat(ErrorRule.retry(IOException.class).matches(one)).isFalse();
  }

  @Test
  void waitsGrowAsTheBackoffSaysUpToTheLongest() {
    assertWaits(Backoff.EXPONENTIAL, 1, 2, 4, 8, 10);
    assertWaits(Backoff.LINEAR, 1, 2, 3, 4, 5);
    assertWaits(Backoff.FIXED, 1, 1, 1, 1, 1);
  }

  private static void assertWaits(Backoff backoff, long... seconds) {
    ErrorRule rule =
        ErrorRule.retry()
            .withBackoff(backoff, Duration.ofSeconds(1), Duration.ofSeconds(10), false);
    for (int i = 0; i < seconds.length; i++) {
      assertThat(rule.waitBefore(i + 2)).isEqualTo(Duration.ofSeconds(seconds[i]));
    }
    assertThat(rule.waitBefore(1_000_000)).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> ErrorRule.retry().withMaxAttempts(0))
        .hasMessage("maxAttempts must be at least 1, not 0");
    assertThatThrownBy(() -> ErrorRule.skip().withSkipLimits(-2, 1))
        .hasMessage("maxSkipCount must be -1 or more, not -2");
    assertThatThrownBy(() -> ErrorRule.skip().withSkipLimits(0, Double.NaN))
        .hasMessage("maxSkipFraction must be between 0 and 1, not NaN");
    assertThatThrownBy(
            () ->
                ErrorRule.retry()
                    .withBackoff(Backoff.FIXED, Duration.ofSeconds(-1), Duration.ZERO, false))
        .hasMessage("delay and maxDelay must not be negative: PT-1S, PT0S");
  }
}
