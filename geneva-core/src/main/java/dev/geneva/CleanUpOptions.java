package dev.geneva;

/** What {@link UdtfView#cleanUp} deletes. Immutable. */
public final class CleanUpOptions {

  private final boolean dryRun;
  private final boolean unfinished;

  private CleanUpOptions(Builder builder) {
    dryRun = builder.dryRun;
    unfinished = builder.unfinished;
  }

  /** What nobody can use any more is deleted. */
  public static CleanUpOptions ofDefaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether nothing is deleted, but all is reported. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** Whether what interrupted refreshes left for the next one is deleted as well. */
  public boolean isUnfinishedWorkDeleted() {
    return unfinished;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private boolean dryRun;
    private boolean unfinished;

    private Builder() {}

    /** Only looks: nothing is deleted, and the report says what would be. */
    public Builder dryRun() {
      dryRun = true;
      return this;
    }

    /**
     * Also deletes what interrupted refreshes left for the next one, which then begins anew;
     * default: it is kept.
     */
    public Builder deleteUnfinishedWork() {
      unfinished = true;
      return this;
    }

    /** The options. */
    public CleanUpOptions build() {
      return new CleanUpOptions(this);
    }
  }
}
