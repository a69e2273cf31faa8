package dev.geneva.examples.readme;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.ByteBuffer;
import java.util.List;

// tag::class[]
@Udtf(
    output = PHashDedupe.Assignment.class,
    inputColumns = {"row_id", "phash"},
    memory = "8 GiB")
public record PHashDedupe(int threshold) implements BatchUdtf {

  // The columns row_id, cluster_id, is_duplicate.
  public record Assignment(long rowId, long clusterId, boolean isDuplicate) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    List<Picture> pictures = source.records(Picture.class).toList();
    out.collectRecords(cluster(pictures));
  }

  // end::class[]

  /** Not the point there: only neighbours of the first picture. */
  private List<Assignment> cluster(List<Picture> pictures) {
    long first = hash(pictures.get(0));
    long firstId = pictures.get(0).rowId();
    return pictures.stream()
        .map(
            each -> {
              boolean near = Long.bitCount(first ^ hash(each)) <= threshold;
              return new Assignment(
                  each.rowId(), near ? firstId : each.rowId(), near && each.rowId() != firstId);
            })
        .toList();
  }

  private static long hash(Picture picture) {
    return ByteBuffer.wrap(picture.phash()).getLong();
  }
  // tag::class[]
}
// end::class[]
