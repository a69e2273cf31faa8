package dev.geneva.udtf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What happens when the call for a partition throws: the first rule that matches decides, a retry
 * that is used up goes on to the rules after it, and what none matches fails the refresh.
 *
 * @param rules in the order in which they are tried
 */
public record ErrorPolicy(List<ErrorRule> rules) {

  /** Copies the list. */
  public ErrorPolicy {
    rules = List.copyOf(rules);
  }

  /** Every exception fails the refresh: the default. */
  public static ErrorPolicy failFast() {
    return new ErrorPolicy(List.of());
  }

  /** Connection, time-out and other I/O errors are retried; everything else fails. */
  public static ErrorPolicy retryTransient() {
    return builder()
        .on(ErrorRule.retry(IOException.class, UncheckedIOException.class, TimeoutException.class))
        .build();
  }

  /** Every exception is retried; what still fails then fails the refresh. */
  public static ErrorPolicy retryAll() {
    return builder().on(ErrorRule.retry()).build();
  }

  /** Every exception leaves its partition out. */
  public static ErrorPolicy skipOnError() {
    return builder().on(ErrorRule.skip()).build();
  }

  /** A builder without rules. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects rules. Not thread-safe. */
  public static final class Builder {
    private final List<ErrorRule> rules = new ArrayList<>();

    private Builder() {}

    /** Adds a rule, which is tried after those already there. */
    public Builder on(ErrorRule rule) {
      rules.add(rule);
      return this;
    }

    /** The policy. */
    public ErrorPolicy build() {
      return new ErrorPolicy(rules);
    }
  }
}
