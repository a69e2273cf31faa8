package dev.geneva;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The functions of the tests. */
final class TestUdtfs {

  private static final Map<String, BatchUdtf> SCRIPTS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private TestUdtfs() {}

  /** Yields items as they come. */
  @Udtf(output = Item.class)
  record Copy(int batchSize) implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      try (ArrowReader reader = source.toBatches(batchSize)) {
        while (reader.loadNextBatch()) {
          out.collect(reader.getVectorSchemaRoot());
        }
      }
    }
  }

  /** Does what a test says. The parameter is the name under which this process knows it. */
  @Udtf(output = Item.class)
  record Scripted(String script) implements BatchUdtf {
    static Scripted as(BatchUdtf script) {
      return new Scripted(remember(script));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      run(script, source, out);
    }
  }

  /** The same, with little memory. */
  @Udtf(output = Item.class, memory = "16 MiB")
  record ScriptedIn16MiB(String script) implements BatchUdtf {
    static ScriptedIn16MiB as(BatchUdtf script) {
      return new ScriptedIn16MiB(remember(script));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      run(script, source, out);
    }
  }

  /** The same, with two of the columns, in another order than the table's. */
  @Udtf(
      output = Item.class,
      inputColumns = {"score", "id"})
  record ScriptedOnTwoColumns(String script) implements BatchUdtf {
    static ScriptedOnTwoColumns as(BatchUdtf script) {
      return new ScriptedOnTwoColumns(remember(script));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      run(script, source, out);
    }
  }

  /** Keeps a field, which must not outlive an attempt. */
  @Udtf(output = Item.class)
  static final class Counting implements BatchUdtf {
    private long calls;

    public Counting() {}

    @Override
    public void process(UdtfSource source, BatchCollector out) {
      out.collectRecords(List.of(new Item(++calls, "calls of this instance", 0)));
    }
  }

  /** Says that it waits, waits for input, and copies. */
  @Udtf(output = Item.class)
  record WaitingForInput() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      out.collectRecords(List.of());
      System.out.println("waiting");
      if (System.in.read() >= 0) {
        new Copy(10).process(source, out);
      }
    }
  }

  /** Asks for what a test's machine doesn't have. */
  @Udtf(output = Item.class, numGpus = 2)
  record OnTwoGpus() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      new Copy(10).process(source, out);
    }
  }

  private static String remember(BatchUdtf script) {
    String name = "script-" + NEXT.incrementAndGet();
    SCRIPTS.put(name, script);
    return name;
  }

  private static void run(String script, UdtfSource source, BatchCollector out) throws Exception {
    SCRIPTS.get(script).process(source, out);
  }
}
