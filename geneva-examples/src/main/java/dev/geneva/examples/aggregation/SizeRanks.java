package dev.geneva.examples.aggregation;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ranks files by their size. No row's rank is known before the last row was read, so this loads
 * everything, computes, and yields once.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=SizeRanks</pre>
 */
@Udtf(
    output = SizeRanks.Ranked.class,
    inputColumns = {"row_id", "bytes"})
public record SizeRanks() implements BatchUdtf {

  /**
   * A file's rank. The largest file comes first; of files of one size, the one with the smallest
   * row id.
   *
   * @param rowId the file
   * @param rank from 1
   * @param cumulativeShare of the bytes of all files, this one's and those of lower rank
   */
  public record Ranked(long rowId, long rank, double cumulativeShare) {}

  /** What is read of a file. */
  @ArrowRecord
  record Size(long rowId, long bytes) {}

  // tag::bulk[]
  @Override
  public void process(UdtfSource source, BatchCollector out) {
    List<Size> all;
    try (Stream<Size> rows = source.records(Size.class)) {
      all =
          rows.sorted(Comparator.comparingLong(Size::bytes).reversed().thenComparing(Size::rowId))
              .toList();
    }
    out.collectRecords(ranked(all));
  }

  // end::bulk[]

  private static List<Ranked> ranked(List<Size> descending) {
    long total = descending.stream().mapToLong(Size::bytes).sum();
    List<Ranked> result = new ArrayList<>(descending.size());
    long soFar = 0;
    for (Size file : descending) {
      soFar += file.bytes();
      result.add(
          new Ranked(file.rowId(), result.size() + 1, total == 0 ? 1 : (double) soFar / total));
    }
    return result;
  }
}
