package dev.geneva.udtf;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule of an {@link ErrorPolicy}. Immutable; each {@code with…} method returns a changed copy.
 */
public final class ErrorRule {

  private final List<Class<? extends Throwable>> errors;
  private final Optional<Pattern> match;
  private final ErrorAction action;
  private final int maxAttempts;
  private final Backoff backoff;
  private final Duration delay;
  private final Duration maxDelay;
  private final boolean jitter;
  private final int maxSkipCount;
  private final double maxSkipFraction;

  private ErrorRule(
      List<Class<? extends Throwable>> errors,
      Optional<Pattern> match,
      ErrorAction action,
      int maxAttempts,
      Backoff backoff,
      Duration delay,
      Duration maxDelay,
      boolean jitter,
      int maxSkipCount,
      double maxSkipFraction) {
    this.errors = errors;
    this.match = match;
    this.action = action;
    this.maxAttempts = maxAttempts;
    this.backoff = backoff;
    this.delay = delay;
    this.maxDelay = maxDelay;
    this.jitter = jitter;
    this.maxSkipCount = maxSkipCount;
    this.maxSkipFraction = maxSkipFraction;
  }

  private static ErrorRule of(ErrorAction action, List<Class<? extends Throwable>> errors) {
    return new ErrorRule(
        errors.isEmpty() ? List.of(Throwable.class) : errors,
        Optional.empty(),
        action,
        3,
        Backoff.EXPONENTIAL,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        true,
        -1,
        1.0);
  }

  /**
   * Fails the refresh.
   *
   * @param errors for these exceptions and their subclasses; none: for all
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only copied
  public static ErrorRule fail(Class<? extends Throwable>... errors) {
    return of(ErrorAction.FAIL, List.of(errors));
  }

  /**
   * Calls the partition again: 3 attempts, waits of 1, 2, 4 … up to 60 s with jitter.
   *
   * @param errors for these exceptions and their subclasses; none: for all
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only copied
  public static ErrorRule retry(Class<? extends Throwable>... errors) {
    return of(ErrorAction.RETRY, List.of(errors));
  }

  /**
   * Leaves the partition out, without a limit.
   *
   * @param errors for these exceptions and their subclasses; none: for all
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only copied
  public static ErrorRule skip(Class<? extends Throwable>... errors) {
    return of(ErrorAction.SKIP, List.of(errors));
  }

  /**
   * Restricts the rule to exceptions whose message contains a match.
   *
   * @param regex a regular expression
   * @throws java.util.regex.PatternSyntaxException if it isn't one
   */
  public ErrorRule withMatch(String regex) {
    return new ErrorRule(
        errors,
        Optional.of(Pattern.compile(regex)),
        action,
        maxAttempts,
        backoff,
        delay,
        maxDelay,
        jitter,
        maxSkipCount,
        maxSkipFraction);
  }

  /**
   * Sets how often a partition is called at most, the first call included.
   *
   * @param attempts at least 1
   */
  public ErrorRule withMaxAttempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, not " + attempts);
    }
    return new ErrorRule(
        errors,
        match,
        action,
        attempts,
        backoff,
        delay,
        maxDelay,
        jitter,
        maxSkipCount,
        maxSkipFraction);
  }

  /**
   * Sets the waits between attempts.
   *
   * @param growth how they grow
   * @param first the first wait, 0 or more
   * @param longest the longest wait, 0 or more
   * @param withJitter whether each wait is drawn from between half of it and it
   */
  public ErrorRule withBackoff(
      Backoff growth, Duration first, Duration longest, boolean withJitter) {
    if (first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException(
          "delay and maxDelay must not be negative: " + first + ", " + longest);
    }
    return new ErrorRule(
        errors,
        match,
        action,
        maxAttempts,
        Objects.requireNonNull(growth, "growth"),
        first,
        longest,
        withJitter,
        maxSkipCount,
        maxSkipFraction);
  }

  /**
   * Sets how much may be skipped before the refresh fails.
   *
   * @param count partitions; -1: no limit
   * @param fraction share of the refresh's partitions, from 0 to 1
   */
  public ErrorRule withSkipLimits(int count, double fraction) {
    if (count < -1) {
      throw new IllegalArgumentException("maxSkipCount must be -1 or more, not " + count);
    }
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "maxSkipFraction must be between 0 and 1, not " + fraction);
    }
    return new ErrorRule(
        errors, match, action, maxAttempts, backoff, delay, maxDelay, jitter, count, fraction);
  }

  /** The exceptions that the rule is for, with their subclasses. */
  public List<Class<? extends Throwable>> errors() {
    return errors;
  }

  /** What the message must contain. */
  public Optional<Pattern> match() {
    return match;
  }

  /** What happens. */
  public ErrorAction action() {
    return action;
  }

  /** How often a partition is called at most, the first call included. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** How the waits between attempts grow. */
  public Backoff backoff() {
    return backoff;
  }

  /** The first wait. */
  public Duration delay() {
    return delay;
  }

  /** The longest wait. */
  public Duration maxDelay() {
    return maxDelay;
  }

  /** Whether each wait is drawn from between half of it and it. */
  public boolean jitter() {
    return jitter;
  }

  /** How many partitions may be skipped; -1: no limit. */
  public int maxSkipCount() {
    return maxSkipCount;
  }

  /** What share of the refresh's partitions may be skipped. */
  public double maxSkipFraction() {
    return maxSkipFraction;
  }

  /** Whether the rule is for an exception: by it or one of its causes, and its message. */
  public boolean matches(Throwable error) {
    Throwable cause = error;
    // The bound keeps a cycle among the causes from being followed for ever.
    for (int depth = 0; cause != null && depth < 100; depth++) {
      String message = String.valueOf(cause.getMessage());
      Throwable candidate = cause;
      if (errors.stream().anyMatch(type -> type.isInstance(candidate))
          && match.map(pattern -> pattern.matcher(message).find()).orElse(true)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * The wait before an attempt, without jitter.
   *
   * @param attempt the attempt that follows the wait, 2 or more
   */
  public Duration waitBefore(int attempt) {
    int waits = attempt - 1;
    double factor =
        switch (backoff) {
          case FIXED -> 1;
          case LINEAR -> waits;
          case EXPONENTIAL -> Math.pow(2, waits - 1);
        };
    double nanos = Math.min(delay.toNanos() * factor, (double) maxDelay.toNanos());
    return Duration.ofNanos((long) nanos);
  }

  @Override
  public String toString() {
    return action + " on " + errors + match.map(pattern -> " matching " + pattern).orElse("");
  }
}
