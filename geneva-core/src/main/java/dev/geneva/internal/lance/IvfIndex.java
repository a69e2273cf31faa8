package dev.geneva.internal.lance;

import dev.geneva.IndexKind;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.VectorMetric;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lance.Dataset;
import org.lance.index.Index;

/**
 * The latest IVF index of a column, at the version of a dataset: who is in which partition, and
 * where rows belong that the index doesn't cover. Immutable. Usable as long as the dataset is open.
 */
public final class IvfIndex {

  private final LanceDataset owner;
  private final VectorColumn column;
  private final List<IvfPart> parts;

  private IvfIndex(LanceDataset owner, VectorColumn column, List<IvfPart> parts) {
    this.owner = owner;
    this.column = column;
    this.parts = parts;
  }

  /**
   * Opens the vector index of a column that was built or extended last. Reads a few kilobytes of
   * each part, and its centroids.
   *
   * @param path of the column
   * @throws InvalidDefinitionException if there is no such column, if it has no vectors, no index
   *     of them, or one that can't be read or trusted; the message says what to do
   */
  public static IvfIndex open(LanceDataset owner, String path) {
    Dataset dataset = owner.dataset();
    VectorColumn column = column(owner, path);
    IndexCatalog catalog = IndexCatalog.of(dataset);
    List<Index> indices =
        catalog
            .latestVector(column.fieldId())
            .orElseThrow(() -> noIndex(owner, column, catalog.ofField(column.fieldId())));
    catalog.requireRemapped(indices);
    List<IvfPart> parts = indices.stream().map(index -> IvfPart.open(owner, index)).toList();
    requireAlike(parts, column);
    return new IvfIndex(owner, column, parts);
  }

  private static VectorColumn column(LanceDataset owner, String path) {
    try {
      return VectorColumn.of(owner.dataset(), owner.name(), path);
    } catch (NotFoundException e) {
      throw new InvalidDefinitionException("Can't partition: " + e.getMessage(), e);
    }
  }

  private static InvalidDefinitionException noIndex(
      LanceDataset owner, VectorColumn column, Map<String, List<Index>> others) {
    return new InvalidDefinitionException(
        "Column '%s' of '%s' has no vector index%s. Create one with createIvfFlatIndex(\"%s\")."
            .formatted(
                column.path(),
                owner.name(),
                others.isEmpty() ? "" : ", only " + String.join(", ", others.keySet()),
                column.path()));
  }

  /** Ordinals of different parts must mean the same partitions. */
  private static void requireAlike(List<IvfPart> parts, VectorColumn column) {
    IvfModel first = parts.get(0).model();
    IvfCentroids centroids = first.centroids();
    if (centroids.element() != column.element() || centroids.dimension() != column.dimension()) {
      throw IvfPart.unreadable(
          parts.get(0).index().name(),
          new IllegalArgumentException("its centroids aren't vectors as column '" + column.path()));
    }
    for (IvfPart part : parts) {
      if (part.model().kind() != first.kind()
          || part.model().metric() != first.metric()
          || !part.model().centroids().same(centroids)) {
        throw new InvalidDefinitionException(
            ("Index '%s' has %d parts with different centroids, so their partitions don't"
                    + " correspond. Build it anew with createIndex.")
                .formatted(part.index().name(), parts.size()));
      }
    }
  }

  /** The index's name. */
  public String name() {
    return parts.get(0).index().name();
  }

  /** The indexed column. */
  public String column() {
    return column.path();
  }

  /** The index's kind. */
  public IndexKind kind() {
    return parts.get(0).model().kind();
  }

  /** How distances are measured. */
  public VectorMetric metric() {
    return parts.get(0).model().metric();
  }

  /** The index's parts, in order. Partitions mean the same as long as these are the same. */
  public List<UUID> uuids() {
    return parts.stream().map(part -> part.index().uuid()).sorted().toList();
  }

  /** The number of partitions, empty ones included. */
  public int partitions() {
    return parts.get(0).model().partitions();
  }

  /**
   * A way to find the partition of rows that the index doesn't cover. Where the index's {@code
   * optimize} doesn't split or join partitions, it puts rows into the same.
   */
  public NearestPartition nearestPartition() {
    return parts.get(0).model().centroids().nearest(metric());
  }

  /**
   * Reads which partition each live row is in. Takes a sequential read of the index's files, a scan
   * of row ids where rows were deleted or have stable ids, and one to eight bytes of memory for
   * each row.
   *
   * @throws InvalidDefinitionException if the index's files aren't readable
   */
  public IvfAssignments assignments() {
    try {
      return new AssignmentReader(owner, parts).read();
    } catch (Exception e) { // native code throws undeclared exceptions
      throw IvfPart.unreadable(name(), e);
    }
  }
}
