package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lance.Dataset;
import org.lance.index.Index;

/**
 * A part of an IVF index, built over some of a dataset's fragments. Immutable.
 *
 * @param index as the manifest names it
 * @param folder of its files, in the database
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
      IvfModel model = IvfFiles.read(owner.files(), folder);
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
  void forEachRow(LanceDataset owner, IvfFiles.RowSink sink) throws Exception {
    Dataset dataset = owner.dataset();
    Map<String, String> options = dataset.getInitialStorageOptions();
    IvfFiles.rows(
        owner.files(),
        folder,
        model,
        options == null ? Map.of() : options,
        dataset.allocator(),
        sink);
  }

  /** Indices of branches and clones are where they were built, which only statistics tell. */
  private static String folder(LanceDataset owner, Index index) throws IOException {
    if (index.baseId().isEmpty()) {
      return owner.folder() + "/_indices/" + index.uuid();
    }
    String file = String.valueOf(statistics(owner.dataset(), index).get("uri"));
    return owner.files().relative(file.substring(0, file.lastIndexOf('/')));
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
}
