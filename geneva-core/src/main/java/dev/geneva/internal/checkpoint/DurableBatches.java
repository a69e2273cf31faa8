package dev.geneva.internal.checkpoint;

import dev.geneva.internal.lance.StagedFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The first batches of a partition that wasn't finished, with the files that hold their rows.
 *
 * @param files in the order of the rows
 * @param marks one for each batch, in order
 */
public record DurableBatches(List<StagedFile> files, List<BatchMark> marks) {

  /** No batches. */
  public static final DurableBatches NONE = new DurableBatches(List.of(), List.of());

  /** Copies the lists. */
  public DurableBatches {
    files = List.copyOf(files);
    marks = List.copyOf(marks);
  }

  /** These, and those that follow. */
  public DurableBatches plus(DurableBatches next) {
    List<StagedFile> allFiles = new ArrayList<>(files);
    allFiles.addAll(next.files);
    List<BatchMark> allMarks = new ArrayList<>(marks);
    allMarks.addAll(next.marks);
    return new DurableBatches(allFiles, allMarks);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return marks.isEmpty();
  }

  /** The rows of all batches. */
  public long rows() {
    return marks.stream().mapToLong(BatchMark::rows).sum();
  }
}
