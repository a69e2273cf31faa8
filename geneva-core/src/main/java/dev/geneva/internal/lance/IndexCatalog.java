package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lance.Dataset;
import org.lance.index.Index;
import org.lance.index.IndexType;

/**
 * The indices that a dataset's manifest names, each with its parts. Read without opening any file
 * of theirs, so it takes microseconds, and works where Lance's {@code describeIndices} fails.
 */
final class IndexCatalog {

  /** Lance's own: where rows went in compactions after which indices weren't adapted. */
  private static final String DEFERRED = "__lance_frag_reuse";

  /** Names of Lance's own indices begin so. */
  private static final String INTERNAL = "__lance";

  private static final Set<IndexType> VECTOR =
      Set.of(
          IndexType.VECTOR,
          IndexType.IVF_FLAT,
          IndexType.IVF_SQ,
          IndexType.IVF_PQ,
          IndexType.IVF_RQ,
          IndexType.IVF_HNSW_SQ,
          IndexType.IVF_HNSW_PQ,
          IndexType.IVF_HNSW_FLAT);

  private static final byte[] VECTOR_DETAILS =
      "VectorIndexDetails".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, List<Index>> byName;
  private final Optional<Index> deferred;

  private IndexCatalog(Map<String, List<Index>> byName, Optional<Index> deferred) {
    this.byName = byName;
    this.deferred = deferred;
  }

  static IndexCatalog of(Dataset dataset) {
    Map<String, List<Index>> byName = new LinkedHashMap<>();
    Optional<Index> deferred = Optional.empty();
    for (Index index : dataset.getIndexes()) {
      if (index.name().equals(DEFERRED)) {
        deferred = Optional.of(index);
      } else if (!index.name().startsWith(INTERNAL)) {
        byName.computeIfAbsent(index.name(), name -> new ArrayList<>()).add(index);
      }
    }
    return new IndexCatalog(byName, deferred);
  }

  /** The parts of each index, by its name. */
  Map<String, List<Index>> byName() {
    return byName;
  }

  /** The parts of the indices of one column, by name. */
  Map<String, List<Index>> ofField(int fieldId) {
    Map<String, List<Index>> found = new LinkedHashMap<>();
    byName.forEach(
        (name, parts) -> {
          if (parts.stream().allMatch(part -> part.fields().equals(List.of(fieldId)))) {
            found.put(name, parts);
          }
        });
    return found;
  }

  /** The vector index of a column that was built or extended last; empty if there is none. */
  Optional<List<Index>> latestVector(int fieldId) {
    return ofField(fieldId).values().stream()
        .filter(parts -> parts.stream().allMatch(IndexCatalog::isVector))
        .max(
            Comparator.comparingLong(IndexCatalog::builtAt)
                .thenComparing(IndexCatalog::createdAt)
                .thenComparing(parts -> parts.get(0).name()));
  }

  /** Whether it is a vector index. */
  static boolean isVector(Index index) {
    IndexType type = index.indexType();
    return (type != null && VECTOR.contains(type))
        || index.indexDetails().filter(IndexCatalog::mentionsVectors).isPresent();
  }

  /**
   * Refuses parts whose row ids are out of date, because a compaction left them so.
   *
   * @throws InvalidDefinitionException if they may be
   */
  void requireRemapped(List<Index> parts) {
    for (Index part : parts) {
      if (deferred.isPresent() && part.datasetVersion() <= deferred.get().datasetVersion()) {
        throw new InvalidDefinitionException(
            ("Index '%s' can't be trusted: a compaction moved rows and put off adapting the index"
                    + " (defer_index_remap). Build it anew with createIndex.")
                .formatted(part.name()));
      }
    }
  }

  private static long builtAt(List<Index> parts) {
    return parts.stream().mapToLong(Index::datasetVersion).max().orElse(0);
  }

  private static Instant createdAt(List<Index> parts) {
    return parts.stream()
        .flatMap(part -> part.createdAt().stream())
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /** The details begin with the name of their type. */
  private static boolean mentionsVectors(byte[] details) {
    ByteBuffer sought = ByteBuffer.wrap(VECTOR_DETAILS);
    for (int at = 0; at + VECTOR_DETAILS.length <= details.length; at++) {
      if (ByteBuffer.wrap(details, at, VECTOR_DETAILS.length).equals(sought)) {
        return true;
      }
    }
    return false;
  }
}
