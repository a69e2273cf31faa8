package dev.geneva.ray.it;

import dev.geneva.internal.run.Signals;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives back what it gets, each label's rows in a call, a batch of ten at a time, and lets a test
 * in another process know, and interfere.
 *
 * @param act what else it does
 * @param folder of the signals
 */
@Udtf(output = Item.class, partitionBy = "label")
public record Stage(String act, String folder) implements BatchUdtf {

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    Signals signals = new Signals(Path.of(folder));
    signals.raise("called");
    List<Item> batch = new ArrayList<>();
    try (Stream<Item> rows = source.records(Item.class)) {
      for (Item item : (Iterable<Item>) rows::iterator) {
        batch.add(item);
        if (batch.size() == 10) {
          out.collectRecords(batch);
          batch.clear();
          signals.raise("collected");
          act(signals, source);
        }
      }
    }
    out.collectRecords(batch);
  }

  private void act(Signals signals, UdtfSource source) throws Exception {
    switch (act) {
      case "copy" -> {}
      case "slow" -> Thread.sleep(20);
      // Until a test says so, or the process is killed.
      case "wait" -> signals.await("go");
      case "wait, then be slow" -> {
        signals.await("go");
        Thread.sleep(20);
      }
      case "fail" -> throw new IOException("disk of " + source.partition().orElseThrow());
      case "exit" -> Runtime.getRuntime().halt(3);
      // The first worker dies, the second doesn't.
      case "exit once" -> {
        if (signals.count("died") == 0) {
          signals.raise("died");
          Runtime.getRuntime().halt(3);
        }
      }
      default -> throw new IllegalArgumentException(act);
    }
  }
}
