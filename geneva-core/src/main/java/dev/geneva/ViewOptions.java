package dev.geneva;

/** Options of a view, fixed when it is created. Immutable. */
public final class ViewOptions {

  private final UncoveredRows uncoveredRows;

  private ViewOptions(Builder builder) {
    uncoveredRows = builder.uncoveredRows;
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

    private Builder() {}

    /** Sets what becomes of rows that the index doesn't cover; default: they are assigned. */
    public Builder uncoveredRows(UncoveredRows chosen) {
      uncoveredRows = chosen;
      return this;
    }

    /** The options. */
    public ViewOptions build() {
      return new ViewOptions(this);
    }
  }
}
