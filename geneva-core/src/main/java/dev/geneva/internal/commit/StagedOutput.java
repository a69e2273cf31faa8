package dev.geneva.internal.commit;

import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.FinishedGroup;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.view.Sidecar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the view will be made of: files that the refresh staged, and files that were there already.
 *
 * @param results what the refresh ran, in the order of the partitions' keys
 * @param groups all files with their partitions, in the order of the view's rows
 */
public record StagedOutput(List<PartitionResult> results, List<Group> groups) {
  /** Copies the lists. */
  public StagedOutput {
    results = List.copyOf(results);
    groups = List.copyOf(groups);
  }

  /** Files and the partitions in them. */
  public record Group(List<StagedFile> files, List<Sidecar.Entry> partitions) {
    /** Copies the lists. */
    public Group {
      files = List.copyOf(files);
      partitions = List.copyOf(partitions);
    }
  }

  /** Puts together what was run and what needn't be. */
  public static StagedOutput of(List<FileGroup> staged, List<FinishedGroup> finished) {
    List<Group> groups = new ArrayList<>();
    List<PartitionResult> ran = new ArrayList<>();
    for (FileGroup group : staged) {
      ran.addAll(group.partitions());
      groups.add(new Group(group.files(), group.entries()));
    }
    for (FinishedGroup group : finished) {
      groups.add(new Group(group.files(), group.partitions()));
    }
    groups.sort(Comparator.comparingInt(group -> group.partitions().get(0).ordinal()));
    return new StagedOutput(ran, groups);
  }

  /** The same rows in other files. */
  StagedOutput in(List<Group> otherGroups) {
    return new StagedOutput(results, otherGroups);
  }

  /** The data files, in the order of the view's rows. */
  public List<StagedFile> files() {
    return groups.stream().flatMap(group -> group.files().stream()).toList();
  }

  /** The number of the view's rows. */
  public long rows() {
    return groups.stream()
        .flatMap(group -> group.partitions().stream())
        .mapToLong(Sidecar.Entry::rows)
        .sum();
  }

  /** The number of partitions that were left out. */
  public int skipped() {
    return (int)
        groups.stream()
            .flatMap(group -> group.partitions().stream())
            .filter(partition -> partition.skipped() != null)
            .count();
  }

  /** The record of it. */
  public Sidecar sidecar(String refreshId) {
    return new Sidecar(
        refreshId,
        groups.stream()
            .map(
                group ->
                    new Sidecar.Group(
                        group.files().stream().map(StagedFile::path).toList(), group.partitions()))
            .toList());
  }
}
