package dev.geneva.internal.lance;

import java.util.Set;
import org.lance.Dataset;
import org.lance.Transaction;

/** What a version changed, as far as it matters to those who read the rows. */
public enum ChangeKind {
  /** The same rows in the same order, at the same places: an index or the configuration. */
  ROWS_KEPT,
  /** The same rows in the same order, at other places: compaction. */
  ROWS_MOVED,
  /** Anything else, and all that can't be known. */
  ROWS_CHANGED;

  private static final Set<String> KEPT = Set.of("CreateIndex", "UpdateConfig", "ReserveFragments");

  /**
   * Lance (7.0.0) fails to hand a compaction of an indexed table to Java, with exactly this in the
   * message; nothing else does.
   */
  private static final String UNREADABLE_REWRITE =
      "(Ljava/util/UUID;Ljava/util/UUID;Ljava/lang/String;[BII)V";

  static ChangeKind of(Dataset dataset) {
    try (Transaction transaction = dataset.readTransaction().orElse(null)) {
      if (transaction == null) {
        return ROWS_CHANGED;
      }
      String operation = transaction.operation().name();
      if (KEPT.contains(operation)) {
        return ROWS_KEPT;
      }
      return operation.equals("Rewrite") ? ROWS_MOVED : ROWS_CHANGED;
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage()).contains(UNREADABLE_REWRITE)
          ? ROWS_MOVED
          : ROWS_CHANGED;
    }
  }
}
