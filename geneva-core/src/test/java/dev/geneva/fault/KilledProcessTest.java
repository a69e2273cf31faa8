package dev.geneva.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.ChildJvm;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshRecord;
import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.fixture.S3;
import dev.geneva.internal.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that refresh a view are killed ({@code kill -9}) at random moments, one after the
 * other: each goes on where the one before was killed, and whoever reads sees the old view or the
 * new one, whole.
 *
 * <p>{@code -Dgeneva.kills=50} kills so many of each kind instead of five.
 */
@ExtendWith(S3.class)
class KilledProcessTest {

  private static final int KILLS = Integer.getInteger("geneva.kills", 5);
  private static final int VERSIONS = 3;

  @TempDir Path folder;
  private final S3Server server;
  private final Random random = new Random(KILLS);
  private Map<String, String> options = Map.of();
  private Path callFile = Path.of("");

  /** About as long as a refresh takes, so that all parts of it are hit. */
  private int longestMicros = 150_000;

  KilledProcessTest(S3Server server) {
    this.server = server;
  }

  @ParameterizedTest
  @CsvSource({"ONE_CALL,local", "BY_KEY,local", "ONE_CALL,s3", "BY_KEY,s3"})
  void theNextProcessGoesOn(Scenario scenario, String store) throws Exception {
    String uri = folder.resolve("db").toString();
    if (store.equals("s3")) {
      uri = "s3://" + server.newBucket() + "/db";
      options = server.options();
      longestMicros = 800_000;
    }
    callFile = folder.resolve("calls");
    try (FaultyDatabase database = FaultyDatabase.at(uri, options)) {
      scenario.create(database.connection());
      Table source = database.connection().openTable("points");
      for (int version = 2; version <= VERSIONS; version++) {
        source.add(Point.class, Point.range(100L * version, 100L * version + 10));
      }
      UdtfView view = database.connection().openUdtfView("view");
      Map<List<Traced.Placed>, Long> whole = new HashMap<>();
      whole.put(rows(view), 0L);
      for (long version = 1; version <= VERSIONS; version++) {
        view.refresh(RefreshOptions.builder().sourceVersion(version).build());
        whole.put(rows(view), version);
      }
      List<String> half = new ArrayList<>();
      try (Reader reader = new Reader(uri, options, whole.keySet(), half)) {
        killAgainAndAgain(database, uri, view, whole);
      }
      assertThat(half).as("views that a reader saw, and that never were").isEmpty();

      // One of them has something to do, and takes over from the last one that was killed.
      for (long version : new long[] {1, VERSIONS}) {
        view.refresh(
            RefreshOptions.builder()
                .sourceVersion(version)
                .waitAtMost(Duration.ofSeconds(30))
                .build());
      }
      assertThat(whole.get(rows(view))).isEqualTo(VERSIONS);
      assertThat(view.history())
          .extracting(RefreshRecord::outcome)
          .contains(Outcome.REFRESHED)
          .isSubsetOf(Outcome.REFRESHED, Outcome.ABANDONED);
      view.cleanUp();
      assertThat(database.files("view")).isEqualTo(database.namedFiles("view"));
    }
  }

  private void killAgainAndAgain(
      FaultyDatabase database, String uri, UdtfView view, Map<List<Traced.Placed>, Long> whole)
      throws Exception {
    long version = 1;
    Set<String> done = Set.of();
    Map<String, Integer> durable = Map.of();
    int wentOn = 0;
    // The next one starts while this one is at work: it is the start that takes long.
    ChildJvm next = start(uri);
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        try (ChildJvm worker = next) {
          assertThat(worker.line()).as(worker::errors).startsWith("ready ");
          Files.deleteIfExists(callFile);
          worker.send("refresh " + version + " " + VERSIONS);
          List<String> lines = new ArrayList<>();
          // By its lines and not by the clock alone, so that a slow machine gets as far.
          for (int line = random.nextInt(4); line >= 0; line--) {
            lines.add(String.valueOf(worker.line()));
          }
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(longestMicros)));
          worker.kill();
          lines.addAll(worker.rest());
          assertThat(lines).as(worker::errors).doesNotContain("null");
          next = start(uri);

          for (Traced.Call call : callsOfFirstRefresh()) {
            assertThat(call.partition()).as("partition that is called").isNotIn(done);
            assertThat(call.completed())
                .as("batches of %s that are compared only", call.partition())
                .isEqualTo(durable.getOrDefault(call.partition(), 0));
            wentOn += call.completed() + done.size();
          }
          String last = lines.get(lines.size() - 1);
          version = Long.parseLong(last.substring(last.indexOf(' ') + 1));
          boolean begun = last.startsWith("begin") && LogView.isOf(database, version);
          done = begun ? LogView.done(database) : Set.of();
          durable = begun ? LogView.durable(database) : Map.of();
          assertThat(whole).containsKey(rows(view));
        }
      }
    } finally {
      next.close();
    }
    if (KILLS >= 20) {
      assertThat(wentOn).as("batches and partitions that a next process didn't do").isPositive();
    }
  }

  private ChildJvm start(String uri) throws IOException {
    ChildJvm child = ChildJvm.start(folder, Refresher.class, uri, callFile.toString());
    for (Map.Entry<String, String> option : options.entrySet()) {
      child.send("option " + option.getKey() + " " + option.getValue());
    }
    child.send("connect");
    return child;
  }

  private List<Traced.Call> callsOfFirstRefresh() throws IOException {
    List<Traced.Call> calls = new ArrayList<>();
    if (Files.exists(callFile)) {
      List<String> lines = Files.readAllLines(callFile);
      for (String line : lines.subList(1, lines.size())) {
        if (line.startsWith("refresh ")) {
          break;
        }
        if (line.startsWith("call ")) {
          int bar = line.indexOf('|');
          calls.add(
              new Traced.Call(line.substring(5, bar), Integer.parseInt(line.substring(bar + 1))));
        }
      }
    }
    return calls;
  }

  private static List<Traced.Placed> rows(UdtfView view) {
    return view.search().records(Traced.Placed.class).toList();
  }

  /** Looks at the view all the time. */
  private static final class Reader implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final List<String> report;
    private final Thread thread;

    Reader(
        String uri,
        Map<String, String> options,
        Set<List<Traced.Placed>> whole,
        List<String> report) {
      this.report = report;
      thread =
          new Thread(
              () -> {
                try (FaultyDatabase database = FaultyDatabase.at(uri, options)) {
                  UdtfView view = database.connection().openUdtfView("view");
                  while (!ended.get()) {
                    List<Traced.Placed> rows = rows(view);
                    if (!whole.contains(rows)) {
                      seen.add(rows.toString());
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                  }
                } catch (RuntimeException e) {
                  seen.add(e.toString());
                }
              },
              "reader");
      thread.start();
    }

    @Override
    public void close() throws InterruptedException {
      ended.set(true);
      thread.join();
      report.addAll(seen);
    }
  }
}
