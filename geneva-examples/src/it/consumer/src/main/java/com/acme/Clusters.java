package com.acme;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function that is a static method, over the view of another. */
public final class Clusters {

  /** A cluster. */
  public record Size(long clusterId, long pictures) {}

  private Clusters() {}

  @Udtf(output = Size.class, inputColumns = "cluster_id")
  static void sizes(UdtfSource source, BatchCollector out, int atLeast) {
    try (Stream<Member> members = source.records(Member.class)) {
      Map<Long, Long> sizes =
          members.collect(
              Collectors.groupingBy(Member::clusterId, TreeMap::new, Collectors.counting()));
      List<Size> large =
          sizes.entrySet().stream()
              .filter(size -> size.getValue() >= atLeast)
              .map(size -> new Size(size.getKey(), size.getValue()))
              .toList();
      out.collectRecords(large);
    }
  }
}
