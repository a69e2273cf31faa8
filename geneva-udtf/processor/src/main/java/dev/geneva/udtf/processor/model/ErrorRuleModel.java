package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.TypeName;
import java.time.Duration;
import java.util.List;

/**
 * One rule of a function's error policy.
 *
 * @param errors the exceptions
 * @param match a regular expression; empty for any message
 * @param action the name of the {@code ErrorAction}
 * @param maxAttempts calls in all
 * @param backoff the name of the {@code Backoff}
 * @param delay the first wait
 * @param maxDelay the longest wait
 * @param jitter whether waits are drawn
 * @param maxSkipCount partitions; -1 for no limit
 * @param maxSkipFraction share of the partitions
 */
public record ErrorRuleModel(
    List<TypeName> errors,
    String match,
    String action,
    int maxAttempts,
    String backoff,
    Duration delay,
    Duration maxDelay,
    boolean jitter,
    int maxSkipCount,
    double maxSkipFraction) {}
