package dev.geneva.bench.micro;

import dev.geneva.bench.Scratch;
import dev.geneva.internal.log.FileLogStore;
import dev.geneva.internal.log.LeaseWatch;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.store.LocalFileStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a group commit adds to writing its file: a record appended to the view's log. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Log {

  /** Whether records are forced to disk. */
  @Param({"true", "false"})
  public boolean sync;

  private final Scratch scratch;
  private Ownership ownership;
  private long count;

  /** Nobody owns it yet. */
  public Log() {
    scratch = Scratch.unchecked();
    ownership = own(false);
  }

  private Ownership own(boolean forced) {
    FileLogStore store = new FileLogStore(new LocalFileStore(scratch.path(), forced), "log");
    return new RefreshLog("view", "bench", store, new LeaseWatch(Duration.ofSeconds(30)))
        .tryOwn()
        .orElseThrow();
  }

  /** Becomes the owner. */
  @Setup
  public void begin() {
    ownership.close();
    ownership = own(sync);
  }

  /** Deletes it. */
  @TearDown
  public void close() throws IOException {
    ownership.close();
    scratch.close();
  }

  /** One record. */
  @Benchmark
  public void append() {
    ownership.append(new LogRecord.Heartbeat("refresh", Long.toString(count++)));
  }
}
