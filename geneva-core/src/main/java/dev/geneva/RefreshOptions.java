package dev.geneva;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How one refresh runs. Immutable. */
public final class RefreshOptions {

  private static final RefreshListener SILENT = progress -> {};

  private final Optional<Engine> engine;
  private final OptionalLong sourceVersion;
  private final OptionalInt concurrency;
  private final CheckpointPolicy checkpoints;
  private final RefreshListener listener;

  private RefreshOptions(Builder builder) {
    engine = builder.engine;
    sourceVersion = builder.sourceVersion;
    concurrency = builder.concurrency;
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
