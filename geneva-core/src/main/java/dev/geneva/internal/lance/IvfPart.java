package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lance.Dataset;
import org.lance.index.Index;
import org.lance.schema.LanceField;

/**
 * A part of an IVF index, built over some of a dataset's fragments. Immutable.
 *
 * @param index as the manifest names it
 * @param folder of its files: a path or a URI
 * @param model what it says of itself
 * @param fragments whose rows it covers, as far as it does; some may be gone
 */
record IvfPart(Index index, String folder, IvfModel model, Set<Integer> fragments) {

  /**
   * Opens a part, without reading its rows.
   *
   * @throws InvalidDefinitionException if it isn't readable
   */
  static IvfPart open(LanceDataset owner, Index index) {
    try {
      String folder = folder(owner, index);
      IvfModel model =
          LocalPaths.isLocal(folder)
              ? IvfFiles.read(LocalPaths.of(folder))
              : IvfFiles.read(statistics(owner.dataset(), index), element(owner, index));
      List<Integer> fragments =
          index.fragments().orElseThrow(() -> new IllegalArgumentException("no list of fragments"));
      return new IvfPart(index, folder, model, Set.copyOf(fragments));
    } catch (Exception e) { // native code throws undeclared exceptions
      throw unreadable(index.name(), e);
    }
  }

  /** The error for an index whose files aren't as they should be. */
  static InvalidDefinitionException unreadable(String name, Exception e) {
    return new InvalidDefinitionException(
        "Index '%s' can't be read: %s. Build it anew with createIndex."
            .formatted(name, e.getMessage() == null ? e : e.getMessage()),
        e);
  }

  /** Reads the rows, dead ones too. */
  void forEachRow(Dataset dataset, IvfFiles.RowSink sink) throws Exception {
    Map<String, String> options = dataset.getInitialStorageOptions();
    IvfFiles.rows(folder, model, options == null ? Map.of() : options, dataset.allocator(), sink);
  }

  /** Indices of branches and clones are where they were built, which only statistics tell. */
  private static String folder(LanceDataset owner, Index index) {
    if (index.baseId().isEmpty()) {
      return owner.uri() + "/_indices/" + index.uuid();
    }
    String file = String.valueOf(statistics(owner.dataset(), index).get("uri"));
    return file.substring(0, file.lastIndexOf('/'));
  }

  /** What Lance says of a part, without and with its centroids, depending on the environment. */
  static Map<String, Object> statistics(Dataset dataset, Index index) {
    Object parts = dataset.getIndexStatistics(index.name()).get("indices");
    for (Object part : parts instanceof List<?> list ? list : List.of()) {
      if (part instanceof Map<?, ?> map && index.uuid().toString().equals(map.get("uuid"))) {
        Map<String, Object> statistics = new HashMap<>();
        map.forEach((key, value) -> statistics.put(String.valueOf(key), value));
        return statistics;
      }
    }
    throw new IllegalArgumentException("its statistics don't mention " + index.uuid());
  }

  private static VectorColumn.Element element(LanceDataset owner, Index index) {
    Map<String, LanceField> paths = VectorColumn.paths(owner.dataset());
    for (Map.Entry<String, LanceField> entry : paths.entrySet()) {
      if (index.fields().equals(List.of(entry.getValue().getId()))) {
        return VectorColumn.of(owner.dataset(), owner.name(), entry.getKey()).element();
      }
    }
    throw new IllegalArgumentException("its column is gone");
  }
}
