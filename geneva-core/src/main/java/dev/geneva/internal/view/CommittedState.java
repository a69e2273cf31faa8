package dev.geneva.internal.view;

import dev.geneva.internal.json.Json;
import dev.geneva.internal.lance.LanceDataset;
import java.util.Map;
import java.util.Optional;

/**
 * What a view's present rows were made from, as the commit that made them recorded it: in
 * configuration keys, which Lance changes in the same transaction as the rows.
 *
 * @param generation counts the commits; every commit sets it, which makes it a compare-and-swap
 * @param refreshId the refresh that committed
 * @param identity what decided the rows
 * @param sidecar the name of the file that says which partition is where
 * @param partitions partitions of the source
 * @param skippedPartitions those of them that the error policy left out
 */
public record CommittedState(
    long generation,
    String refreshId,
    RefreshIdentity identity,
    String sidecar,
    int partitions,
    int skippedPartitions) {

  private static final String GENERATION = "geneva.generation";
  private static final String REFRESH = "geneva.refresh";
  private static final String IDENTITY = "geneva.identity";
  private static final String SIDECAR = "geneva.sidecar";
  private static final String PARTITIONS = "geneva.partitions";
  private static final String SKIPPED = "geneva.skipped";

  /** The state of a view's dataset; empty before the first refresh. */
  public static Optional<CommittedState> of(LanceDataset view) {
    Map<String, String> config = view.config();
    String generation = config.get(GENERATION);
    if (generation == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CommittedState(
            Long.parseLong(generation),
            config.getOrDefault(REFRESH, ""),
            Json.read(config.getOrDefault(IDENTITY, "{}"), RefreshIdentity.class),
            config.getOrDefault(SIDECAR, ""),
            Integer.parseInt(config.getOrDefault(PARTITIONS, "0")),
            Integer.parseInt(config.getOrDefault(SKIPPED, "0"))));
  }

  /** Whether a version of the view is the one that this commit made. */
  public boolean isOf(LanceDataset version) {
    return version.overwroteWith(REFRESH, refreshId);
  }

  /** The configuration keys that a commit sets. */
  public Map<String, String> toConfig() {
    return Map.of(
        GENERATION, Long.toString(generation),
        REFRESH, refreshId,
        IDENTITY, Json.write(identity),
        SIDECAR, sidecar,
        PARTITIONS, Integer.toString(partitions),
        SKIPPED, Integer.toString(skippedPartitions));
  }
}
