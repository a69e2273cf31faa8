package dev.geneva.internal.run;

import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.Sidecar;
import java.util.List;

/**
 * Data files and the partitions whose rows they hold. Small partitions share files; a group only
 * ever holds whole partitions, and one that was left out is a group of its own, without files, so
 * that its rows can be put in its place later.
 *
 * @param files in the order of the rows; none if there are no rows
 * @param partitions in the order of their keys; their rows follow one another in the files
 */
public record FileGroup(List<StagedFile> files, List<PartitionResult> partitions) {
  /** Copies the lists. */
  public FileGroup {
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
  }

  /** The number of its first partition, by which groups are in the order of the view's rows. */
  public int first() {
    return partitions.get(0).partition().ordinal();
  }

  /** The partitions as the view's records have them. */
  public List<Sidecar.Entry> entries() {
    return partitions.stream().map(PartitionResult::entry).toList();
  }
}
