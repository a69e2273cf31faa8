package dev.geneva.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.StorageException;
import dev.geneva.internal.fixture.Faults;
import dev.geneva.internal.fixture.Locales;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.store.LocalFileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshLogTest {

  private final MemoryLogStore store = new MemoryLogStore();
  private final RefreshLog log = logOver(store);

  @Test
  void aNewLogIsEmptyAndNobodysOwn() {
    assertThat(log.records()).isEmpty();
    assertThat(log.isLocked()).isFalse();
  }

  @Test
  void recordsAreNumberedFromOneAndReadInOrder() {
    List<LogRecord> written = new ArrayList<>();
    try (Ownership own = log.tryOwn().orElseThrow()) {
      for (int i = 1; i <= 12; i++) {
        written.add(acquired("r-" + i));
        assertThat(own.tryAppend(acquired("r-" + i))).isTrue();
      }
    }

    assertThat(store.names())
        .hasSize(12)
        .startsWith("record-000000000001", "record-000000000002")
        .endsWith("record-000000000012");
    assertThat(log.records()).isEqualTo(written);
    assertThat(logOver(store).records()).isEqualTo(written);
  }

  @Test
  void theNextOwnerGoesOnWithTheNextNumber() {
    append("r-1");
    append("r-2");

    assertThat(store.names()).containsExactly("record-000000000001", "record-000000000002");
    assertThat(log.records()).extracting(LogRecord::refreshId).containsExactly("r-1", "r-2");
  }

  @Test
  void aSecondOwnerIsRefusedUntilTheFirstGivesUp() {
    Ownership first = log.tryOwn().orElseThrow();
    assertThat(log.isLocked()).isTrue();
    assertThat(log.tryOwn()).isEmpty();
    assertThat(logOver(store).tryOwn()).isEmpty();

    first.close();

    assertThat(log.isLocked()).isFalse();
    log.tryOwn().orElseThrow().close();
  }

  @Test
  void askingWhetherItIsOwnedDoesNotTakeIt() {
    assertThat(log.isLocked()).isFalse();
    try (Ownership own = log.tryOwn().orElseThrow()) {
      assertThat(log.isLocked()).isTrue();
      assertThat(log.isLocked()).isTrue();
      assertThat(own.tryAppend(acquired("r-1"))).isTrue();
    }
  }

  @Test
  void anOwnerWhoseNumberWasTakenIsToldAndWritesNothingMore() {
    try (Ownership own = log.tryOwn().orElseThrow()) {
      assertThat(own.tryAppend(acquired("mine"))).isTrue();
      store.putIfAbsent("record-000000000002", RecordCodec.encode(acquired("other")));

      assertThat(own.tryAppend(acquired("mine, late"))).isFalse();
      assertThat(own.tryAppend(acquired("mine, later"))).isFalse();
    }

    assertThat(log.records()).extracting(LogRecord::refreshId).containsExactly("mine", "other");
  }

  @Test
  void damagedRecordsAreLeftOutButKeepTheirNumbers() {
    append("r-1");
    store.putIfAbsent("record-000000000002", "geneva-log 1 torn".getBytes(UTF_8));
    store.putIfAbsent("record-000000000003", new byte[0]);
    append("r-4");

    assertThat(log.records()).extracting(LogRecord::refreshId).containsExactly("r-1", "r-4");
    assertThat(store.names()).endsWith("record-000000000004");
  }

  @Test
  void sidecarsAreNoRecordsAndDoNotCount() {
    log.putSidecar("sidecar-z.json.gz", "z".getBytes(UTF_8));
    log.putSidecar("a-sidecar", "a".getBytes(UTF_8));
    append("r-1");

    assertThat(store.names()).contains("record-000000000001");
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void aSidecarIsWrittenOnce() {
    log.putSidecar("sidecar-1", "first".getBytes(UTF_8));

    assertThatThrownBy(() -> log.putSidecar("sidecar-1", "second".getBytes(UTF_8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is already a sidecar-1 beside view flags");
    assertThat(log.sidecar("sidecar-1")).hasValue("first".getBytes(UTF_8));
    assertThat(log.sidecar("sidecar-2")).isEmpty();
  }

  @Test
  void droppingTakesEverythingAwayWhileNobodyElseCanOwnIt() {
    append("r-1");
    log.putSidecar("sidecar-1", new byte[1]);
    List<Boolean> ownedMeanwhile = new ArrayList<>();

    assertThat(log.drop(acquired("drop"), () -> ownedMeanwhile.add(log.isLocked()))).isTrue();

    assertThat(ownedMeanwhile).containsExactly(true);
    assertThat(store.names()).isEmpty();
    assertThat(log.records()).isEmpty();
    assertThat(log.isLocked()).isFalse();
  }

  @Test
  void anOwnedLogIsNotDropped() {
    try (Ownership own = log.tryOwn().orElseThrow()) {
      own.tryAppend(acquired("r-1"));

      assertThat(log.drop(acquired("drop"), () -> assertThat(true).as("must not run").isFalse()))
          .isFalse();

      assertThat(log.records()).hasSize(1);
    }
  }

  @Test
  void ifTheRestCannotBeDroppedTheLogStays() {
    append("r-1");

    assertThatThrownBy(
            () ->
                log.drop(
                    acquired("drop"),
                    () -> {
                      throw new StorageException("no permission");
                    }))
        .hasMessage("no permission");

    assertThat(log.records()).hasSize(3).startsWith(acquired("r-1"), acquired("drop"));
    assertThat(log.tail().openOwner()).isEmpty();
    assertThat(log.isLocked()).isFalse();
  }

  @Test
  void theDigitsOfTheLocaleDoNotMatter() throws Exception {
    append("r-1");
    Locales.withArabicDigits(
        () -> {
          append("r-2");
          return log.records();
        });
    append("r-3");

    assertThat(store.names())
        .containsExactly("record-000000000001", "record-000000000002", "record-000000000003");
    assertThat(log.records()).extracting(LogRecord::refreshId).containsExactly("r-1", "r-2", "r-3");
  }

  @Test
  void errorsOfTheStoreNameTheView() {
    RefreshLog broken = logOver(new BrokenStore());

    assertThatThrownBy(broken::records)
        .isInstanceOf(StorageException.class)
        .hasMessage("Can't read the log of view 'flags': java.io.IOException: disk on fire")
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(broken::tryOwn)
        .isInstanceOf(StorageException.class)
        .hasMessage("Can't write the log of view 'flags': java.io.IOException: disk on fire");
    assertThatThrownBy(() -> broken.putSidecar("s", new byte[0]))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("view 'flags'");
    assertThatThrownBy(() -> broken.sidecar("s"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("view 'flags'");
  }

  @Test
  void whoCannotReadTheNumbersHoldsNoLock() throws IOException {
    BrokenStore broken = new BrokenStore();

    assertThatThrownBy(() -> logOver(broken).tryOwn()).isInstanceOf(StorageException.class);

    broken.tryOwn().orElseThrow().close();
  }

  @Test
  void recordsThatSeemedToFailAreTheOwnersAllTheSame(@TempDir Path folder) {
    Faults faults = new Faults(new LocalFileStore(folder, false));
    RefreshLog onDisk = logOver(new FileLogStore(faults.files(), "log"));
    LogRecord heartbeat = new LogRecord.Heartbeat("r-1", "1970-01-01T00:00:00Z");
    try (Ownership own = onDisk.tryOwn().orElseThrow()) {
      assertThat(own.tryAppend(acquired("r-1"))).isTrue();
      faults.arm(Faults.Kind.AFTER, 1);
      assertThatThrownBy(() -> own.tryAppend(heartbeat)).isInstanceOf(StorageException.class);
      faults.arm(Faults.Kind.BEFORE, 1);
      assertThatThrownBy(
              () ->
                  own.tryAppend(
                      new LogRecord.Failed("r-1", "1970-01-01T00:00:00Z", false, "x", Map.of())))
          .isInstanceOf(StorageException.class);
      faults.heal();

      LogRecord next = new LogRecord.Committing("r-1", 1);
      assertThat(own.tryAppend(next)).isTrue();

      assertThat(onDisk.records()).containsExactly(acquired("r-1"), heartbeat, next);
      own.forgetOwn();
      assertThat(onDisk.records()).containsExactly(acquired("r-1"));
      assertThat(
              own.tryAppend(
                  new LogRecord.Failed("r-1", "1970-01-01T00:00:00Z", false, "x", Map.of())))
          .isTrue();
    }
  }

  private void append(String refreshId) {
    try (Ownership own = log.tryOwn().orElseThrow()) {
      assertThat(own.tryAppend(acquired(refreshId))).isTrue();
    }
  }

  private static LogRecord.Acquired acquired(String refreshId) {
    return LogRecords.acquired(refreshId);
  }

  private static RefreshLog logOver(LogStore store) {
    return new RefreshLog("flags", "f", store, new LeaseWatch(Duration.ofSeconds(30)));
  }

  /** A store whose lock works, and nothing else. */
  private static final class BrokenStore implements LogStore {
    private final MemoryLogStore locks = new MemoryLogStore();

    @Override
    public boolean putIfAbsent(String name, byte[] content) throws IOException {
      throw broken();
    }

    @Override
    public String domain() {
      return locks.domain();
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      throw broken();
    }

    @Override
    public List<String> names() throws IOException {
      throw broken();
    }

    @Override
    public void delete(String name) throws IOException {
      throw broken();
    }

    @Override
    public void deleteAll() throws IOException {
      throw broken();
    }

    @Override
    public Optional<FileLocks.Held> tryOwn() {
      return locks.tryOwn();
    }

    private static IOException broken() {
      return new IOException("disk on fire");
    }
  }
}
