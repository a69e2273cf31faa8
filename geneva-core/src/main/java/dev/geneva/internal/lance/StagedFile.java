package dev.geneva.internal.lance;

import java.util.Arrays;
import java.util.List;
import org.lance.FragmentMetadata;
import org.lance.fragment.DataFile;

/**
 * A data file that no manifest names yet, with all that a commit needs to know of it.
 *
 * @param path relative to the dataset's {@code data} folder
 * @param fields ids of the schema's fields, in the file's order
 * @param columnIndices where the fields are in the file
 * @param majorVersion of the file format
 * @param minorVersion of the file format
 * @param sizeBytes the file's size
 * @param rows its rows
 */
public record StagedFile(
    String path,
    List<Integer> fields,
    List<Integer> columnIndices,
    int majorVersion,
    int minorVersion,
    long sizeBytes,
    long rows) {
  /** Copies the lists. */
  public StagedFile {
    fields = List.copyOf(fields);
    columnIndices = List.copyOf(columnIndices);
  }

  static StagedFile of(FragmentMetadata fragment) {
    if (fragment.getFiles().size() != 1) {
      throw new IllegalStateException("A new fragment has one data file, not " + fragment);
    }
    DataFile file = fragment.getFiles().get(0);
    return new StagedFile(
        file.getPath(),
        boxed(file.getFields()),
        boxed(file.getColumnIndices()),
        file.getFileMajorVersion(),
        file.getFileMinorVersion(),
        file.getFileSizeBytes(),
        fragment.getPhysicalRows());
  }

  /** Id 0 means "not assigned yet": the commit numbers such fragments in their order. */
  FragmentMetadata toFragment() {
    DataFile file =
        new DataFile(
            path,
            unboxed(fields),
            unboxed(columnIndices),
            majorVersion,
            minorVersion,
            sizeBytes,
            null);
    return new FragmentMetadata(0, List.of(file), rows, null, null);
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static int[] unboxed(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
