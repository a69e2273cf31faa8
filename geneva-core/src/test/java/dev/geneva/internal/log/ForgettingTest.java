package dev.geneva.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records are deleted while others read, write, or are paused. */
class ForgettingTest {

  private final ObservedStore store = new ObservedStore();
  private final RefreshLog log =
      new RefreshLog("flags", "f", store, new LeaseWatch(Duration.ofSeconds(30)));

  @Test
  void whoComesLateDoesNotBecomeTheOwnerInAHole() {
    Ownership late = log.tryOwn().orElseThrow();
    store.put(5, LogRecords.acquired("other"));
    assertThat(late.tryAppend(LogRecords.acquired("late"))).isFalse();
    assertThat(late.tryAppend(new LogRecord.Heartbeat("late", ""))).isFalse();
    assertThat(log.tail().openOwner()).contains(LogRecords.acquired("other"));
    late.close();
  }

  @Test
  void whoWasPausedMayNotDeleteBecauseAnOldNumberIsFreeAgain() {
    Ownership paused = log.tryOwn().orElseThrow();
    assertThat(paused.tryAppend(LogRecords.acquired("paused"))).isTrue();
    store.put(9, LogRecords.acquired("other"));
    assertThat(paused.tryAppend(new LogRecord.DeleteIntent("paused", List.of("f")))).isFalse();
    paused.close();
  }

  @Test
  void recordsOfALaterOwnerStay() {
    Ownership paused = log.tryOwn().orElseThrow();
    paused.tryAppend(LogRecords.acquired("paused"));
    paused.tryAppend(new LogRecord.DeleteIntent("paused", List.of()));
    store.put(3, LogRecords.acquired("other"));
    store.put(4, new LogRecord.Heartbeat("other", ""));
    paused.forget(1, true);
    assertThat(store.names()).hasSize(4);
    paused.close();
  }

  @Test
  void workIsForgottenBeforeWhatRevokesIt() {
    try (Ownership own = log.tryOwn().orElseThrow()) {
      own.tryAppend(LogRecords.acquired("first"));
      own.tryAppend(new LogRecord.PartitionsDone("first", List.of(), List.of()));
      own.tryAppend(new LogRecord.DeleteIntent("first", List.of("f")));
      own.tryAppend(new LogRecord.PartitionsDone("first", List.of(), List.of()));
      own.tryAppend(new LogRecord.Cleaned("first", "", 1));
      assertThat(own.forget(10, true)).isEqualTo(3);
    }
    assertThat(store.deleted)
        .containsExactly("record-000000000004", "record-000000000002", "record-000000000003");
  }

  @Test
  void whoMayStillCommitIsRememberedHoweverManyComeAfter() {
    try (Ownership own = log.tryOwn().orElseThrow()) {
      own.tryAppend(LogRecords.acquired("before the commit"));
      own.tryAppend(new LogRecord.Committed("before the commit", "", 2, 0, 0, 0, Map.of()));
      own.tryAppend(LogRecords.acquired("never ended"));
      for (int i = 0; i < 10; i++) {
        own.tryAppend(LogRecords.acquired("r-" + i));
        own.tryAppend(new LogRecord.Failed("r-" + i, "", false, "", Map.of()));
      }
      own.forget(2, false);
    }
    assertThat(log.records())
        .doesNotContain(LogRecords.acquired("before the commit"))
        .contains(LogRecords.acquired("never ended"));
  }

  @Test
  void aTailIsReadAnewIfARecordGoesMeanwhile() {
    store.put(1, LogRecords.acquired("first"));
    store.put(2, new LogRecord.Heartbeat("first", ""));
    store.put(3, new LogRecord.Heartbeat("first", "later"));
    store.deletedByTheFirstRead = "record-000000000002";
    assertThat(log.tail().records())
        .containsExactly(LogRecords.acquired("first"), new LogRecord.Heartbeat("first", "later"));
    assertThat(store.lists).isEqualTo(2);
  }

  /** Notes what happens to it, and deletes a record in the middle of a read. */
  private static final class ObservedStore implements LogStore {
    private final MemoryLogStore files = new MemoryLogStore();
    private final List<String> deleted = new ArrayList<>();
    private String deletedByTheFirstRead = "";
    private int lists;

    void put(long number, LogRecord logRecord) {
      files.putIfAbsent("record-00000000000" + number, RecordCodec.encode(logRecord));
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) {
      return files.putIfAbsent(name, content);
    }

    @Override
    public Optional<byte[]> read(String name) {
      files.delete(deletedByTheFirstRead);
      return files.read(name);
    }

    @Override
    public List<String> names() {
      lists++;
      return files.names();
    }

    @Override
    public void delete(String name) {
      deleted.add(name);
      files.delete(name);
    }

    @Override
    public void deleteAll() throws IOException {
      files.deleteAll();
    }

    @Override
    public Optional<FileLocks.Held> tryOwn() {
      return files.tryOwn();
    }

    @Override
    public String domain() {
      return files.domain();
    }
  }
}
