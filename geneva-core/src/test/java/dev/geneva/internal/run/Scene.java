package dev.geneva.internal.run;

import dev.geneva.RefreshCancelledException;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What {@link TaskEngineContract} lets a function do, by name, as an engine may run it in another
 * process.
 *
 * @param script one of {@link Script}
 * @param folder of the {@link Signals}
 */
@Udtf(outputSchema = "schema")
public record Scene(String script, String folder) implements BatchUdtf {

  static Schema schema() {
    return IdRows.SCHEMA;
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    Signals signals = new Signals(Path.of(folder));
    signals.raise("called");
    Script.valueOf(script).play(signals, source, out);
  }

  /** What may happen. */
  enum Script {
    COPY {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        copy(rows, out);
      }
    },
    /** Ends when two run; notes how many did. */
    MEET {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        Path running = signals.raise("running");
        int now = signals.count("running");
        signals.raise("most" + now);
        signals.await("two at a time", () -> signals.count("most2") > 0);
        signals.lower(running);
      }
    },
    FAIL_THIRD {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        if (signals.count("called") == 3) {
          throw new IOException("the third fails");
        }
        copy(rows, out);
      }
    },
    /** The second task fails while the first runs, and the first a little later. */
    FAIL_SECOND_FIRST {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        if (rows.partition().equals(key(1))) {
          signals.await("begun");
          signals.raise("failing");
          throw new IOException("the second task fails first");
        }
        signals.raise("begun");
        signals.await("failing");
        Thread.sleep(1000); // until the engine knows: there is nothing here to tell it by
        throw new IOException("the first task fails later");
      }
    },
    /** The first task fails; the second was begun, and ends later. */
    FAIL_WHILE_ANOTHER_RUNS {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        if (rows.partition().equals(key(0))) {
          signals.await("begun");
          signals.raise("failing");
          throw new IOException("fails");
        }
        signals.raise("begun");
        signals.await("failing");
        copy(rows, out);
        signals.raise("ended");
      }
    },
    OVERFLOW_STACK {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) {
        throw new StackOverflowError("deep");
      }
    },
    FAIL_WITH_READER_OPEN {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        ArrowReader left = rows.toBatches(10);
        for (int i = 0; i < 20; i++) {
          left.loadNextBatch();
          out.collect(left.getVectorSchemaRoot());
        }
        throw new IllegalStateException("with a reader open");
      }
    },
    /** Yields until it is stopped. */
    YIELD_FOREVER {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        signals.raise("yielding");
        while (true) {
          copy(rows, out);
        }
      }
    },
    /** Is stopped, and says that it was something else. */
    SWALLOW_STOP {
      @Override
      void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception {
        signals.raise("yielding");
        try {
          while (true) {
            copy(rows, out);
          }
        } catch (RefreshCancelledException e) {
          throw new IllegalArgumentException("something else", e);
        }
      }
    };

    abstract void play(Signals signals, UdtfSource rows, BatchCollector out) throws Exception;
  }

  static Optional<PartitionKey> key(int number) {
    return Optional.of(new PartitionKey.Value("task", number));
  }

  private static void copy(UdtfSource rows, BatchCollector out) throws Exception {
    try (ArrowReader reader = rows.toBatches(100)) {
      while (reader.loadNextBatch()) {
        out.collect(reader.getVectorSchemaRoot());
      }
    }
  }
}
