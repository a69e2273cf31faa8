package dev.geneva;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How one refresh runs. Immutable. */
public final class RefreshOptions {

  private static final RefreshListener SILENT = progress -> {};

  private final Optional<Engine> engine;
  private final OptionalLong sourceVersion;
  private final OptionalInt concurrency;
  private final Optional<Duration> timeout;
  private final Optional<Duration> partitionTimeout;
  private final Duration waitAtMost;
  private final CheckpointPolicy checkpoints;
  private final RefreshListener listener;

  private RefreshOptions(Builder builder) {
    engine = builder.engine;
    sourceVersion = builder.sourceVersion;
    concurrency = builder.concurrency;
    timeout = Optional.ofNullable(builder.timeout);
    partitionTimeout = Optional.ofNullable(builder.partitionTimeout);
    waitAtMost = builder.waitAtMost;
    checkpoints = builder.checkpoints;
    listener = builder.listener;
  }

  /** In the connection's context or this process, from the latest version of the source. */
  public static RefreshOptions ofDefaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where tasks run; empty: on the engine of the connection's context, or in this process. */
  public Optional<Engine> engine() {
    return engine;
  }

  /**
   * The version of the source; empty: the latest, or the one that the view's query is pinned to.
   */
  public OptionalLong sourceVersion() {
    return sourceVersion;
  }

  /** The most partitions that run at a time; empty: as many as resources admit. */
  public OptionalInt concurrency() {
    return concurrency;
  }

  /** How long the refresh may take, from its call on; empty: as long as it takes. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** How long one call of the function may take; empty: as long as it takes. */
  public Optional<Duration> partitionTimeout() {
    return partitionTimeout;
  }

  /** How long to wait for another owner to end; zero: not at all. */
  public Duration waitAtMost() {
    return waitAtMost;
  }

  /** When batches are made durable. */
  public CheckpointPolicy checkpoints() {
    return checkpoints;
  }

  /** Who is told of progress. */
  public RefreshListener listener() {
    return listener;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Optional<Engine> engine = Optional.empty();
    private OptionalLong sourceVersion = OptionalLong.empty();
    private OptionalInt concurrency = OptionalInt.empty();
    private @Nullable Duration timeout;
    private @Nullable Duration partitionTimeout;
    private Duration waitAtMost = Duration.ZERO;
    private CheckpointPolicy checkpoints = CheckpointPolicy.ofDefaults();
    private RefreshListener listener = SILENT;

    private Builder() {}

    /**
     * Sets where tasks run; default: on the engine of the connection's open context, or else on
     * threads of this process.
     */
    public Builder on(Engine chosen) {
      engine = Optional.of(chosen);
      return this;
    }

    /** Sets the version of the source that is read; default: the latest. */
    public Builder sourceVersion(long version) {
      sourceVersion = OptionalLong.of(version);
      return this;
    }

    /**
     * Sets the most partitions that run at a time; default: as many as resources admit.
     *
     * @param partitions at least 1
     */
    public Builder concurrency(int partitions) {
      if (partitions < 1) {
        throw new InvalidDefinitionException("concurrency must be at least 1, not " + partitions);
      }
      concurrency = OptionalInt.of(partitions);
      return this;
    }

    /**
     * Sets how long the refresh may take, waiting included; default: as long as it takes. Then it
     * stops at its next batch with {@link RefreshTimeoutException}. A function that is interrupted
     * and doesn't stop all the same is left behind: the error shows where it is.
     *
     * @param time greater than zero
     */
    public Builder timeout(Duration time) {
      timeout = positive("timeout", time);
      return this;
    }

    /**
     * Sets how long one call of the function may take; default: as long as it takes. After that the
     * call is stopped at its next batch, and interrupted; the function's error policy sees a {@link
     * java.util.concurrent.TimeoutException}. A call that doesn't stop all the same fails the
     * refresh: the error shows where it is.
     *
     * @param time greater than zero
     */
    public Builder partitionTimeout(Duration time) {
      partitionTimeout = positive("partitionTimeout", time);
      return this;
    }

    private static Duration positive(String name, Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new InvalidDefinitionException(name + " must be greater than zero, not " + time);
      }
      return time;
    }

    /**
     * Sets how long to wait if somebody else is refreshing the view; default: not at all. If they
     * end well, there may be nothing left to do.
     *
     * @param time not negative
     */
    public Builder waitAtMost(Duration time) {
      if (time.isNegative()) {
        throw new InvalidDefinitionException("waitAtMost must not be negative: " + time);
      }
      waitAtMost = time;
      return this;
    }

    /** Sets when batches are made durable; default: {@link CheckpointPolicy#ofDefaults}. */
    public Builder checkpoints(CheckpointPolicy chosen) {
      checkpoints = chosen;
      return this;
    }

    /** Sets who is told of progress; default: nobody. */
    public Builder listener(RefreshListener chosen) {
      listener = chosen;
      return this;
    }

    /** The options. */
    public RefreshOptions build() {
      return new RefreshOptions(this);
    }
  }
}
