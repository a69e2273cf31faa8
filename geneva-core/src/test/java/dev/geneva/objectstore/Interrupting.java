package dev.geneva.objectstore;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the points, and lets a test do something before it yields. */
@Udtf(output = Summed.class)
record Interrupting(String test) implements BatchUdtf {

  private static final Map<String, Runnable> DURING = new ConcurrentHashMap<>();

  /** What is done during each call for a test. */
  static void during(String test, Runnable work) {
    DURING.put(test, work);
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    long points = source.countRows();
    DURING.getOrDefault(test, () -> {}).run();
    out.collectRecords(List.of(new Summed("all", points, 0)));
  }
}
