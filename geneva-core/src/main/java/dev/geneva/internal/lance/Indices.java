package dev.geneva.internal.lance;

import dev.geneva.AlreadyExistsException;
import dev.geneva.GenevaException;
import dev.geneva.IndexDescription;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.VectorIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.index.Index;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.OptimizeOptions;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.schema.LanceField;

/** The indices of a dataset: creates, lists and optimizes them. */
public final class Indices {

  private final LanceDataset owner;

  private Indices(LanceDataset owner) {
    this.owner = owner;
  }

  /**
   * The indices of a dataset.
   *
   * @param owner remains the caller's. Changes of indices move it to the new version, so for these
   *     nobody else may hold it.
   */
  public static Indices of(LanceDataset owner) {
    return new Indices(owner);
  }

  /**
   * Creates a vector index.
   *
   * @throws dev.geneva.NotFoundException if the column isn't there
   * @throws AlreadyExistsException if the name is taken
   * @throws InvalidDefinitionException if the index doesn't fit the column or the rows
   */
  public IndexDescription create(VectorIndex index) {
    Dataset dataset = owner.dataset();
    VectorColumn column = VectorColumn.of(dataset, owner.name(), index.column());
    String name = index.name().orElse(column.path() + "_idx");
    requireFree(IndexCatalog.of(dataset), name, column, index.replace());
    IndexParameters parameters =
        new IndexParameters(index, column, owner.countRows(Optional.empty()));
    IndexParams params = IndexParams.builder().setVectorIndexParams(parameters.build()).build();
    IndexOptions options =
        IndexOptions.builder(List.of(column.path()), parameters.type(), params)
            .withIndexName(name)
            .replace(index.replace())
            .build();
    try {
      dataset.createIndex(options);
    } catch (Exception e) {
      throw refused(index, e);
    }
    return list().stream().filter(listed -> listed.name().equals(name)).findFirst().orElseThrow();
  }

  private static void requireFree(
      IndexCatalog catalog, String name, VectorColumn column, boolean replace) {
    List<Index> present = catalog.byName().get(name);
    if (present == null) {
      return;
    }
    boolean same = present.get(0).fields().equals(List.of(column.fieldId()));
    if (!same || !replace) {
      throw new AlreadyExistsException(
          "There is already an index '%s'%s."
              .formatted(name, same ? "" : " of another column than '" + column.path() + "'"));
    }
  }

  /** Lance only finds while it trains that there are too few vectors that aren't null. */
  private GenevaException refused(VectorIndex index, Exception error) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("KMeans cannot train") || message.contains("Not enough rows")) {
      return new InvalidDefinitionException(
          "Can't create the %s: too few of its vectors are neither null nor without a distance (%s)."
              .formatted(index, LanceErrors.translate("creating it", error).getMessage()),
          error);
    }
    return LanceErrors.translate("creating the " + index + " of '" + owner.name() + "'", error);
  }

  /** The indices, by name. */
  public List<IndexDescription> list() {
    Dataset dataset = owner.dataset();
    List<FragmentMetadata> fragments =
        dataset.getFragments().stream().map(Fragment::metadata).toList();
    List<IndexDescription> described = new ArrayList<>();
    IndexCatalog.of(dataset)
        .byName()
        .forEach((name, parts) -> described.add(describe(name, parts, fragments)));
    described.sort(Comparator.comparing(IndexDescription::name));
    return described;
  }

  private IndexDescription describe(
      String name, List<Index> parts, List<FragmentMetadata> fragments) {
    Set<Integer> covered = fragments(parts);
    long indexed = 0;
    long all = 0;
    for (FragmentMetadata fragment : fragments) {
      all += fragment.getNumRows();
      indexed += covered.contains(fragment.getId()) ? fragment.getNumRows() : 0;
    }
    Optional<IvfModel> model = model(parts.get(0));
    List<UUID> uuids = parts.stream().map(Index::uuid).sorted().toList();
    return new IndexDescription(
        name,
        columns(parts.get(0)),
        model.map(read -> read.kind().name()).orElse(String.valueOf(parts.get(0).indexType())),
        model.map(IvfModel::metric),
        uuids,
        model.map(read -> OptionalInt.of(read.partitions())).orElse(OptionalInt.empty()),
        indexed,
        all - indexed);
  }

  private String columns(Index index) {
    Map<String, LanceField> paths = VectorColumn.paths(owner.dataset());
    return String.join(
        ", ",
        paths.entrySet().stream()
            .filter(entry -> index.fields().contains(entry.getValue().getId()))
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Empty for what isn't a vector index, or isn't readable, which a list must survive. */
  private Optional<IvfModel> model(Index index) {
    if (!IndexCatalog.isVector(index)) {
      return Optional.empty();
    }
    try {
      return Optional.of(IvfPart.open(owner, index).model());
    } catch (InvalidDefinitionException e) {
      return Optional.empty();
    }
  }

  /**
   * Brings those indices up to date that don't know all fragments, if there is something in them
   * for the index. The others are left alone, as Lance would rewrite them for nothing.
   *
   * @return the version that is the dataset's now
   */
  public long optimize() {
    Dataset dataset = owner.dataset();
    try {
      List<String> behind = behind();
      if (!behind.isEmpty()) {
        dataset.optimizeIndices(OptimizeOptions.builder().indexNames(behind).build());
      }
    } catch (Exception e) {
      throw LanceErrors.translate("optimizing the indices of '" + owner.name() + "'", e);
    }
    return dataset.version();
  }

  /** The indices to which there is something to add. */
  private List<String> behind() throws Exception {
    List<Integer> live = owner.dataset().getFragments().stream().map(Fragment::getId).toList();
    List<String> behind = new ArrayList<>();
    for (Map.Entry<String, List<Index>> index :
        IndexCatalog.of(owner.dataset()).byName().entrySet()) {
      Set<Integer> known = fragments(index.getValue());
      List<Integer> unknown = live.stream().filter(id -> !known.contains(id)).toList();
      Index first = index.getValue().get(0);
      // Lance fails to join or split partitions when it finds no vector to add.
      if (!unknown.isEmpty()
          && (!IndexCatalog.isVector(first) || hasVector(columns(first), unknown))) {
        behind.add(index.getKey());
      }
    }
    return behind;
  }

  /** Whether a row of the fragments, of which there must be one, has a vector. */
  private boolean hasVector(String column, List<Integer> fragments) throws Exception {
    ScanOptions options =
        new ScanOptions.Builder().columns(List.of(column)).fragmentIds(fragments).build();
    Dataset dataset = owner.dataset();
    try (LanceScanner scanner = LanceScanner.create(dataset, options, dataset.allocator());
        ArrowReader reader = scanner.scanBatches()) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        if (batch.getVector(0).getNullCount() < batch.getRowCount()) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<Integer> fragments(List<Index> parts) {
    Set<Integer> fragments = new HashSet<>();
    parts.forEach(part -> fragments.addAll(part.fragments().orElse(List.of())));
    return fragments;
  }
}
