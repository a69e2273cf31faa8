package dev.geneva.internal.plan;

import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.Sidecar;
import java.util.List;

/**
 * Data files and the partitions whose rows they hold, which needn't be computed again.
 *
 * @param files in the order of the rows
 * @param partitions in the order of keys
 * @param origin where they come from
 */
public record FinishedGroup(List<StagedFile> files, List<Sidecar.Entry> partitions, Origin origin) {

  /** Where finished partitions come from. */
  public enum Origin {
    /** They are in the view as it is. */
    VIEW,
    /** A refresh that didn't commit had finished them. */
    INTERRUPTED_REFRESH
  }

  /** Copies the lists. */
  public FinishedGroup {
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
  }
}
