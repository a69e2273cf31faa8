package dev.geneva.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geneva.StorageException;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.fixture.S3Server;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Storage that is really full, read-only or away: the error says so, the view stays as it was, and
 * when the trouble is over the next refresh goes on.
 *
 * <p>Root writes where it may not, so the read-only folder is a file system that is mounted so.
 * Mounting needs root; without, these tests are skipped, and {@link FaultAtEveryStepTest} injects a
 * full disk at every step anyway.
 */
class StorageTroubleTest {

  private static final Scenario SCENARIO = Scenario.ONE_CALL_EVERY_BATCH;

  @TempDir Path folder;

  @AfterEach
  void forget() {
    Traced.beforeBatches(() -> {});
    Traced.clear(() -> false);
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()));
    try {
      Path ballast = disk.resolve("ballast");
      try (FaultyDatabase database = FaultyDatabase.local(disk.resolve("db"))) {
        SCENARIO.create(database.connection());
        UdtfView view = database.connection().openUdtfView("view");
        AtomicInteger batches = new AtomicInteger();
        Traced.beforeBatches(
            () -> {
              if (batches.incrementAndGet() == 4) {
                fill(disk, ballast);
              }
            });

        assertThatThrownBy(() -> view.refresh(SCENARIO.options()))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("No space left on device");

        assertThat(view.countRows()).isZero();
        Files.delete(ballast);
        assertGoesOn(database, view, 3);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void aReadOnlyFolder() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()));
    try {
      try (FaultyDatabase database = FaultyDatabase.local(disk.resolve("db"))) {
        SCENARIO.create(database.connection());
        UdtfView view = database.connection().openUdtfView("view");
        assumeTrue(run("mount", "-o", "remount,ro", disk.toString()));

        assertThatThrownBy(() -> view.refresh(SCENARIO.options()))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("Can't lock ")
            .hasMessageContaining("Read-only file system");

        assertThat(view.countRows()).isZero();
        assertThat(view.history()).isEmpty();
        assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
        assertGoesOn(database, view, 0);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void anObjectStoreThatIsAwayForAWhile() {
    try (S3Server server = new S3Server()) {
      Map<String, String> options = server.options();
      try (FaultyDatabase database =
          FaultyDatabase.at("s3://" + server.newBucket() + "/db", options)) {
        SCENARIO.create(database.connection());
        UdtfView view = database.connection().openUdtfView("view");
        AtomicInteger batches = new AtomicInteger();
        Traced.beforeBatches(
            () -> {
              if (batches.incrementAndGet() == 4) {
                server.stop();
              }
            });

        assertThatThrownBy(() -> view.refresh(SCENARIO.options()))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("view");

        server.start();
        assertThat(view.countRows()).isZero();
        assertGoesOn(database, view, 3);
      }
    }
  }

  private static void assertGoesOn(FaultyDatabase database, UdtfView view, int durable) {
    Traced.beforeBatches(() -> {});
    Traced.clear(() -> false);
    assertThat(view.refresh(SCENARIO.options()).batchesWritten())
        .isEqualTo(Scenario.ROWS / Traced.BATCH);
    assertThat(Traced.calls()).containsExactly(new Traced.Call(Traced.ALL_ROWS, durable));
    assertThat(view.search().records(Traced.Placed.class).map(Traced.Placed::id))
        .containsExactlyElementsOf(Point.range(0, Scenario.ROWS).stream().map(Point::id).toList());
    assertThat(database.files("view")).isEqualTo(database.namedFiles("view"));
  }

  private static void fill(Path disk, Path ballast) {
    try {
      FileStore store = Files.getFileStore(disk);
      Files.write(ballast, new byte[(int) store.getUsableSpace()]);
      assertThat(store.getUsableSpace()).isZero();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such command here
    }
  }
}
