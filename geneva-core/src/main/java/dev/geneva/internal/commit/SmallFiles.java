package dev.geneva.internal.commit;

import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.Sidecar;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Merges very many small files before they are committed, the one exception to writing once: a slow
 * function with checkpoints makes many, and each costs every reader of the view.
 */
final class SmallFiles {

  private static final long SMALL_BYTES = 8L << 20;
  private static final long MERGED_BYTES = 64L << 20;

  private final LanceStorage storage;
  private final String view;
  private final Schema schema;
  private final boolean syncToDisk;

  /**
   * Merges files of a view.
   *
   * @param schema of its files
   */
  SmallFiles(LanceStorage storage, String view, Schema schema, boolean syncToDisk) {
    this.storage = storage;
    this.view = view;
    this.schema = schema;
    this.syncToDisk = syncToDisk;
  }

  /** The same rows in the same order, in fewer files if they are very many. */
  StagedOutput merged(StagedOutput output) {
    if (output.files().size() <= ViewCommit.MOST_FILES_LEFT_ALONE) {
      return output;
    }
    List<StagedOutput.Group> groups = new ArrayList<>();
    for (StagedOutput.Group group : joined(output.groups())) {
      groups.add(new StagedOutput.Group(merged(group.files()), group.partitions()));
    }
    return output.in(groups);
  }

  /**
   * Small groups that follow one another become one. One whose partition was left out stays apart,
   * so that its rows can be put in its place later.
   */
  private static List<StagedOutput.Group> joined(List<StagedOutput.Group> groups) {
    List<StagedOutput.Group> joined = new ArrayList<>();
    List<StagedFile> files = new ArrayList<>();
    List<Sidecar.Entry> partitions = new ArrayList<>();
    for (StagedOutput.Group group : groups) {
      boolean apart = group.partitions().stream().anyMatch(entry -> entry.skipped() != null);
      if (apart || bytes(files) + bytes(group.files()) > MERGED_BYTES) {
        add(joined, files, partitions);
      }
      if (apart) {
        joined.add(group);
      } else {
        files.addAll(group.files());
        partitions.addAll(group.partitions());
      }
    }
    add(joined, files, partitions);
    return joined;
  }

  private static void add(
      List<StagedOutput.Group> joined, List<StagedFile> files, List<Sidecar.Entry> partitions) {
    if (!partitions.isEmpty()) {
      joined.add(new StagedOutput.Group(files, partitions));
      files.clear();
      partitions.clear();
    }
  }

  private List<StagedFile> merged(List<StagedFile> files) {
    List<StagedFile> merged = new ArrayList<>();
    List<StagedFile> run = new ArrayList<>();
    for (StagedFile file : files) {
      boolean small = file.sizeBytes() < SMALL_BYTES;
      if (!small || bytes(run) + file.sizeBytes() > MERGED_BYTES) {
        merged.addAll(one(run));
        run.clear();
      }
      if (small) {
        run.add(file);
      } else {
        merged.add(file);
      }
    }
    merged.addAll(one(run));
    return merged;
  }

  private List<StagedFile> one(List<StagedFile> run) {
    if (run.size() < 2) {
      return List.copyOf(run);
    }
    List<StagedFile> one = storage.merge(view, schema, run);
    if (syncToDisk) {
      storage.files(view).force(one);
    }
    return one;
  }

  private static long bytes(List<StagedFile> files) {
    return files.stream().mapToLong(StagedFile::sizeBytes).sum();
  }
}
