package dev.geneva;

import java.time.Duration;

/** Options of a view, fixed when it is created. Immutable. */
public final class ViewOptions {

  private final UncoveredRows uncoveredRows;
  private final int keptVersions;
  private final Duration keptFor;

  private ViewOptions(Builder builder) {
    uncoveredRows = builder.uncoveredRows;
    keptVersions = builder.keptVersions;
    keptFor = builder.keptFor;
  }

  /** The defaults. */
  public static ViewOptions ofDefaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** What becomes of rows that the index doesn't cover. */
  public UncoveredRows uncoveredRows() {
    return uncoveredRows;
  }

  /** How many versions of the view stay, the latest included. */
  public int keptVersions() {
    return keptVersions;
  }

  /** For how long a version stays, whatever their number. */
  public Duration keptFor() {
    return keptFor;
  }

  /**
   * For functions that are partitioned by an index: what becomes of rows that the index doesn't
   * cover, because they were added or changed since, or have no vector that can be indexed.
   */
  public enum UncoveredRows {
    /**
     * They go to the partition of their nearest centroid, as the index's own {@code optimize} would
     * put them; those without an indexable vector form a partition of their own. The default.
     */
    ASSIGN,
    /** They make a refresh fail. */
    FAIL,
    /** They are left out, and counted in the report. */
    LEAVE_OUT
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private UncoveredRows uncoveredRows = UncoveredRows.ASSIGN;
    private int keptVersions = 2;
    private Duration keptFor = Duration.ofHours(24);

    private Builder() {}

    /** Sets what becomes of rows that the index doesn't cover; default: they are assigned. */
    public Builder uncoveredRows(UncoveredRows chosen) {
      uncoveredRows = chosen;
      return this;
    }

    /**
     * Sets how many versions of the view stay; default: 2, so that a reader who has just opened one
     * can read it to its end.
     *
     * @param versions at least 1, which is the latest
     */
    public Builder keepVersions(int versions) {
      if (versions < 1) {
        throw new InvalidDefinitionException(
            "keepVersions must be at least 1, not " + versions + ".");
      }
      keptVersions = versions;
      return this;
    }

    /**
     * Sets for how long a version stays after it was committed, whatever their number; default: 24
     * hours.
     *
     * @param time not negative
     */
    public Builder keepVersionsFor(Duration time) {
      if (time.isNegative()) {
        throw new InvalidDefinitionException("keepVersionsFor must not be negative: " + time);
      }
      keptFor = time;
      return this;
    }

    /** The options. */
    public ViewOptions build() {
      return new ViewOptions(this);
    }
  }
}
