package dev.geneva.internal.commit;

import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.view.Sidecar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the view will be made of: files that the refresh staged, and files that it takes over from
 * the view as it was.
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

  /**
   * Files and the partitions in them.
   *
   * @param staged whether the refresh wrote them
   */
  public record Group(List<StagedFile> files, List<Sidecar.Entry> partitions, boolean staged) {
    /** Copies the lists. */
    public Group {
      files = List.copyOf(files);
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * Puts together what was run and what is taken over.
   *
   * @param reused groups of the view as it was
   * @param files the view's data files by their paths
   */
  public static StagedOutput of(
      List<TaskResult> results, List<Sidecar.Group> reused, Map<String, StagedFile> files) {
    List<Group> groups = new ArrayList<>();
    List<PartitionResult> ran = new ArrayList<>();
    for (TaskResult result : results) {
      for (FileGroup group : result.groups()) {
        ran.addAll(group.partitions());
        groups.add(
            new Group(
                group.files(),
                group.partitions().stream().map(StagedOutput::entry).toList(),
                true));
      }
    }
    for (Sidecar.Group group : reused) {
      groups.add(
          new Group(
              group.files().stream().map(path -> file(files, path)).toList(),
              group.partitions(),
              false));
    }
    groups.sort(Comparator.comparingInt(group -> group.partitions().get(0).ordinal()));
    return new StagedOutput(ran, groups);
  }

  private static StagedFile file(Map<String, StagedFile> files, String path) {
    StagedFile file = files.get(path);
    if (file == null) {
      throw new IllegalStateException("The view has no file " + path);
    }
    return file;
  }

  private static Sidecar.Entry entry(PartitionResult result) {
    return new Sidecar.Entry(
        result.partition().ordinal(),
        result.partition().key().map(Object::toString).orElse(null),
        result.rowsWritten(),
        result.batchesWritten(),
        result.attempts(),
        result.skippedBecause().orElse(null));
  }

  /** The data files, in the order of the view's rows. */
  public List<StagedFile> files() {
    return groups.stream().flatMap(group -> group.files().stream()).toList();
  }

  /** The paths of the files that the refresh wrote. */
  public List<String> stagedPaths() {
    return groups.stream()
        .filter(Group::staged)
        .flatMap(group -> group.files().stream())
        .map(StagedFile::path)
        .toList();
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
