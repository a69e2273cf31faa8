package dev.geneva.internal.run;

import dev.geneva.internal.lance.StagedFile;
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
}
