package com.acme;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** The README's function: pictures whose hashes differ in a few bits from an earlier one's. */
@Udtf(output = PHashDedupe.Assignment.class, inputColumns = {"row_id", "phash"}, memory = "8 GiB")
public record PHashDedupe(int threshold) implements BatchUdtf {

  public record Assignment(long rowId, long clusterId, boolean isDuplicate) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    try (Stream<Picture> rows = source.records(Picture.class)) {
      List<Picture> pictures = rows.toList();
      out.collectRecords(cluster(pictures));
    }
  }

  private List<Assignment> cluster(List<Picture> pictures) {
    return pictures.stream()
        .map(
            picture -> {
              long first =
                  pictures.stream()
                      .filter(other -> distance(picture, other) <= threshold)
                      .mapToLong(Picture::rowId)
                      .min()
                      .orElseThrow();
              return new Assignment(picture.rowId(), first, first != picture.rowId());
            })
        .toList();
  }

  private static int distance(Picture one, Picture other) {
    return Long.bitCount(
        ByteBuffer.wrap(one.phash()).getLong() ^ ByteBuffer.wrap(other.phash()).getLong());
  }
}
