package dev.geneva.ray.internal.wire;

import dev.geneva.RefreshOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a refresh shall run, for another process.
 *
 * @param sourceVersion the version of the source; null: the latest
 * @param concurrency the most tasks at a time; null: as many as there is room for
 */
public record PlainOptions(@Nullable Long sourceVersion, @Nullable Integer concurrency) {

  /** The options of a refresh, but for engine and listener. */
  public static PlainOptions of(RefreshOptions options) {
    return new PlainOptions(
        options.sourceVersion().isPresent() ? options.sourceVersion().getAsLong() : null,
        options.concurrency().isPresent() ? options.concurrency().getAsInt() : null);
  }

  /** A builder with these options. */
  public RefreshOptions.Builder toBuilder() {
    RefreshOptions.Builder builder = RefreshOptions.builder();
    if (sourceVersion != null) {
      builder.sourceVersion(sourceVersion);
    }
    if (concurrency != null) {
      builder.concurrency(concurrency);
    }
    return builder;
  }
}
