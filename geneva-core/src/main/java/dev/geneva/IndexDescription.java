package dev.geneva;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An index of a table at one version.
 *
 * @param name unique in the table
 * @param column the indexed column; a column within a struct as a path, {@code struct.field}
 * @param kind an {@link IndexKind}'s name, or for other indices what Lance calls them, such as
 *     {@code BTREE}
 * @param metric how distances are measured; empty if it isn't a vector index
 * @param uuids of the parts that the index consists of: one, and one more for each {@link
 *     Table#optimize} that added to it; they change when the index does
 * @param partitions how many there are, empty ones included; empty if it isn't a vector index, or
 *     not a readable one
 * @param rowsIndexed the rows that the index was built over. Those whose vector is null or has no
 *     distance are counted, though the index leaves them out.
 * @param rowsUnindexed the rows that were added or changed since, those without a vector too
 */
public record IndexDescription(
    String name,
    String column,
    String kind,
    Optional<VectorMetric> metric,
    List<UUID> uuids,
    OptionalInt partitions,
    long rowsIndexed,
    long rowsUnindexed) {
  /** Copies the list. */
  public IndexDescription {
    uuids = List.copyOf(uuids);
  }
}
