package dev.geneva.ray.internal.wire;

import dev.geneva.CheckpointPolicy;
import dev.geneva.RefreshOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a refresh shall run, for another process.
 *
 * @param sourceVersion the version of the source; null: the latest
 * @param concurrency the most tasks at a time; null: as many as there is room for
 * @param timeout of the refresh in nanoseconds; null: none
 * @param partitionTimeout of each call in nanoseconds; null: none
 * @param waitAtMost for another owner, in nanoseconds
 * @param checkpoints when batches are made durable, by {@link #name}
 */
public record PlainOptions(
    @Nullable Long sourceVersion,
    @Nullable Integer concurrency,
    @Nullable Long timeout,
    @Nullable Long partitionTimeout,
    long waitAtMost,
    String checkpoints) {

  private static final List<CheckpointPolicy> POLICIES =
      List.of(CheckpointPolicy.ofDefaults(), CheckpointPolicy.everyBatch(), CheckpointPolicy.off());

  /** The options of a refresh, but for engine and listener. */
  public static PlainOptions of(RefreshOptions options) {
    return new PlainOptions(
        options.sourceVersion().isPresent() ? options.sourceVersion().getAsLong() : null,
        options.concurrency().isPresent() ? options.concurrency().getAsInt() : null,
        options.timeout().map(Duration::toNanos).orElse(null),
        options.partitionTimeout().map(Duration::toNanos).orElse(null),
        options.waitAtMost().toNanos(),
        name(options.checkpoints()));
  }

  /** A policy's name. */
  public static String name(CheckpointPolicy policy) {
    return policy.toString();
  }

  /** The policy of a name. */
  public static CheckpointPolicy policy(String name) {
    return POLICIES.stream()
        .filter(policy -> name(policy).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No checkpoint policy: " + name));
  }

  /** A builder with these options. */
  public RefreshOptions.Builder toBuilder() {
    RefreshOptions.Builder builder =
        RefreshOptions.builder()
            .checkpoints(policy(checkpoints))
            .waitAtMost(Duration.ofNanos(waitAtMost));
    if (timeout != null) {
      builder.timeout(Duration.ofNanos(timeout));
    }
    if (partitionTimeout != null) {
      builder.partitionTimeout(Duration.ofNanos(partitionTimeout));
    }
    if (sourceVersion != null) {
      builder.sourceVersion(sourceVersion);
    }
    if (concurrency != null) {
      builder.concurrency(concurrency);
    }
    return builder;
  }
}
