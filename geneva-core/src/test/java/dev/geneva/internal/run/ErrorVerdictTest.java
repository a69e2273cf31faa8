package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.Backoff;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.ErrorRule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ErrorVerdictTest {

  private static final ErrorRule NO_WAIT =
      ErrorRule.retry().withBackoff(Backoff.FIXED, Duration.ZERO, Duration.ZERO, false);

  @Test
  void whatNoRuleMatchesFails() {
    ErrorVerdict verdict =
        ErrorVerdict.of(policy(ErrorRule.skip(IOException.class)), new IllegalStateException(), 1);

    assertThat(verdict.action()).isEqualTo(ErrorAction.FAIL);
    assertThat(verdict.rule()).isEmpty();
    assertThat(verdict.pause()).isZero();
    assertThat(ErrorVerdict.of(ErrorPolicy.failFast(), new IOException(), 1).action())
        .isEqualTo(ErrorAction.FAIL);
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    ErrorRule skip = ErrorRule.skip(IOException.class);
    ErrorPolicy policy = policy(ErrorRule.fail(FileNotFoundException.class), skip, NO_WAIT);

    assertThat(ErrorVerdict.of(policy, new FileNotFoundException(), 1).action())
        .isEqualTo(ErrorAction.FAIL);
    assertThat(ErrorVerdict.of(policy, new IOException(), 1).action()).isEqualTo(ErrorAction.SKIP);
    assertThat(ErrorVerdict.of(policy, new IOException(), 1).rule()).containsSame(skip);
    assertThat(ErrorVerdict.of(policy, new IllegalStateException(), 1).action())
        .isEqualTo(ErrorAction.RETRY);
  }

  @Test
  void aRetryThatIsUsedUpGoesOnToTheLaterRules() {
    ErrorPolicy policy = policy(NO_WAIT.withMaxAttempts(3), ErrorRule.skip());
    IOException error = new IOException();

    assertThat(List.of(1, 2, 3, 4))
        .extracting(attempt -> ErrorVerdict.of(policy, error, attempt).action())
        .containsExactly(ErrorAction.RETRY, ErrorAction.RETRY, ErrorAction.SKIP, ErrorAction.SKIP);
    assertThat(ErrorVerdict.of(policy(NO_WAIT.withMaxAttempts(2)), error, 2).action())
        .isEqualTo(ErrorAction.FAIL);
    assertThat(ErrorVerdict.of(policy(NO_WAIT.withMaxAttempts(1)), error, 1).action())
        .isEqualTo(ErrorAction.FAIL);
  }

  @Test
  void attemptsAreCountedTogetherForAllRules() {
    ErrorPolicy policy = policy(NO_WAIT.withMaxAttempts(2), NO_WAIT.withMaxAttempts(4));

    assertThat(List.of(1, 2, 3, 4))
        .extracting(attempt -> ErrorVerdict.of(policy, new IOException(), attempt).action())
        .containsExactly(ErrorAction.RETRY, ErrorAction.RETRY, ErrorAction.RETRY, ErrorAction.FAIL);
  }

  @Test
  void causesAreLookedAtTogetherWithTheirOwnMessages() {
    ErrorPolicy policy =
        policy(ErrorRule.skip(IOException.class).withMatch("time(d )?out"), ErrorRule.fail());

    assertThat(action(policy, new UncheckedIOException("wrapped", new IOException("timed out"))))
        .isEqualTo(ErrorAction.SKIP);
    assertThat(action(policy, new RuntimeException("timeout", new IOException("refused"))))
        .as("the message is that of another exception")
        .isEqualTo(ErrorAction.FAIL);
    assertThat(action(policy, new IOException((String) null))).isEqualTo(ErrorAction.FAIL);
  }

  @Test
  void aCycleOfCausesEnds() {
    RuntimeException a = new RuntimeException("a");
    RuntimeException b = new RuntimeException("b", a);
    a.initCause(b);

    assertThat(action(policy(ErrorRule.skip(IOException.class)), a)).isEqualTo(ErrorAction.FAIL);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void waitsStayWithinTheirBoundsAndNeverShrink(
      @ForAll Backoff growth,
      @ForAll @IntRange(max = 100_000) int delay,
      @ForAll @IntRange(max = 1_000_000) int maxDelay,
      @ForAll boolean jitter,
      @ForAll @IntRange(min = 2, max = 60) int attempts) {
    Duration first = Duration.ofMillis(delay);
    Duration longest = Duration.ofMillis(maxDelay);
    ErrorPolicy policy =
        policy(
            ErrorRule.retry()
                .withMaxAttempts(attempts)
                .withBackoff(growth, first, longest, jitter));
    Duration before = Duration.ZERO;
    for (int attempt = 1; attempt < attempts; attempt++) {
      Duration full =
          ErrorRule.retry().withBackoff(growth, first, longest, false).waitBefore(attempt + 1);
      Duration pause = ErrorVerdict.of(policy, new IOException(), attempt).pause();

      assertThat(full).isBetween(before, longest);
      assertThat(pause).isBetween(jitter ? full.dividedBy(2) : full, full);
      before = full;
    }
  }

  @Test
  void waitsGrowAsTheyAreToldTo() {
    assertThat(waits(Backoff.FIXED)).containsExactly(100L, 100L, 100L, 100L, 100L);
    assertThat(waits(Backoff.LINEAR)).containsExactly(100L, 200L, 300L, 400L, 500L);
    assertThat(waits(Backoff.EXPONENTIAL)).containsExactly(100L, 200L, 400L, 800L, 1000L);
  }

  private static List<Long> waits(Backoff growth) {
    ErrorPolicy policy =
        policy(
            ErrorRule.retry()
                .withMaxAttempts(10)
                .withBackoff(growth, Duration.ofMillis(100), Duration.ofMillis(1000), false));
    return List.of(1, 2, 3, 4, 5).stream()
        .map(attempt -> ErrorVerdict.of(policy, new IOException(), attempt).pause().toMillis())
        .toList();
  }

  @Test
  void jitterIsDrawnAnew() {
    ErrorPolicy policy =
        policy(
            ErrorRule.retry()
                .withBackoff(Backoff.FIXED, Duration.ofSeconds(10), Duration.ofSeconds(10), true));

    assertThat(
            java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> ErrorVerdict.of(policy, new IOException(), 1).pause())
                .distinct())
        .hasSizeGreaterThan(40);
  }

  private static ErrorAction action(ErrorPolicy policy, Throwable error) {
    return ErrorVerdict.of(policy, error, 1).action();
  }

  private static ErrorPolicy policy(ErrorRule... rules) {
    return new ErrorPolicy(List.of(rules));
  }
}
