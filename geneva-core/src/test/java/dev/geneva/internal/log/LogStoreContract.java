package dev.geneva.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} promises. */
abstract class LogStoreContract {

  private LogStore store;

  /** A store that is empty. */
  abstract LogStore emptyStore() throws IOException;

  /** The same place as {@link #emptyStore} gave last, as another part of the program sees it. */
  abstract LogStore sameStore();

  @BeforeEach
  void openStore() throws IOException {
    store = emptyStore();
  }

  @Test
  void whatWasPutIsRead() throws IOException {
    assertThat(store.putIfAbsent("record-1", bytes("one"))).isTrue();

    assertThat(store.read("record-1")).hasValue(bytes("one"));
    assertThat(sameStore().read("record-1")).hasValue(bytes("one"));
  }

  @Test
  void emptyContentIsContent() throws IOException {
    assertThat(store.putIfAbsent("empty", new byte[0])).isTrue();

    assertThat(store.read("empty")).hasValue(new byte[0]);
    assertThat(store.putIfAbsent("empty", bytes("late"))).isFalse();
  }

  @Test
  void aTakenNameIsRefusedAndNothingChanges() throws IOException {
    store.putIfAbsent("record-1", bytes("first"));

    assertThat(sameStore().putIfAbsent("record-1", bytes("second"))).isFalse();

    assertThat(store.read("record-1")).hasValue(bytes("first"));
    assertThat(store.names()).containsExactly("record-1");
  }

  @Test
  void aMissingFileReadsAsEmpty() throws IOException {
    assertThat(store.read("missing")).isEmpty();
    assertThat(store.names()).isEmpty();

    store.putIfAbsent("other", bytes("other"));

    assertThat(store.read("missing")).isEmpty();
  }

  @Test
  void theContentIsCopied() throws IOException {
    byte[] content = bytes("abc");
    store.putIfAbsent("put", content);
    content[0] = 'X';
    byte[] read = store.read("put").orElseThrow();
    read[1] = 'X';

    assertThat(store.read("put")).hasValue(bytes("abc"));
  }

  @Test
  void allAllowedCharactersMakeANameAndNamesComeInTheirOrder() throws IOException {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    List<String> names =
        new ArrayList<>(
            List.of(
                "record-000000000002",
                "record-000000000010",
                "record-000000000001",
                "sidecar-8f14e45f-ceea-467f-a1d6-3d1c0b1e2b3a.json.gz",
                "A",
                "a",
                "_",
                "9.9",
                "x-",
                letters + letters.toUpperCase(java.util.Locale.ROOT) + "0123456789.-_"));
    for (String name : names) {
      assertThat(store.putIfAbsent(name, bytes(name))).as(name).isTrue();
    }

    Collections.sort(names);
    assertThat(store.names()).isEqualTo(names);
    for (String name : names) {
      assertThat(store.read(name)).hasValue(bytes(name));
    }
  }

  @RepeatedTest(5)
  void ofManyThreadsThatPutANameExactlyOneWins() throws Exception {
    int threads = 8;
    int rounds = 25;
    ConcurrentHashMap<String, Integer> winners = new ConcurrentHashMap<>();
    List<Integer> wins =
        Race.of(
            threads,
            racer ->
                () -> {
                  LogStore own = sameStore();
                  int won = 0;
                  for (int round = 0; round < rounds; round++) {
                    if (own.putIfAbsent("record-" + round, bytes("racer " + racer))) {
                      winners.put("record-" + round, racer);
                      won++;
                    }
                  }
                  return won;
                });

    assertThat(wins.stream().mapToInt(Integer::intValue).sum()).isEqualTo(rounds);
    assertThat(store.names()).hasSize(rounds);
    for (String name : store.names()) {
      assertThat(store.read(name)).hasValue(bytes("racer " + winners.get(name)));
    }
  }

  @Test
  void nobodyEverSeesAPartOfAFile() throws Exception {
    int files = 12;
    byte[] content = new byte[4 << 20];
    Arrays.fill(content, (byte) 7);
    CountDownLatch polling = new CountDownLatch(1);
    AtomicBoolean written = new AtomicBoolean();
    ExecutorService readers = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> seen =
          readers.submit(
              () -> {
                LogStore own = sameStore();
                polling.countDown();
                int last = 0;
                while (!written.get() || last < files) {
                  Optional<byte[]> read = own.read("big-" + last);
                  if (read.isPresent()) {
                    assertThat(read.get()).hasSize(content.length);
                    last++;
                  }
                  assertThat(own.names()).allMatch(name -> name.startsWith("big-"));
                }
                return last;
              });
      assertThat(polling.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < files; i++) {
        assertThat(store.putIfAbsent("big-" + i, content)).isTrue();
      }
      written.set(true);

      assertThat(seen.get(60, TimeUnit.SECONDS)).isEqualTo(files);
    } finally {
      readers.shutdownNow();
    }
  }

  @Test
  void deletingTwiceIsDeletingOnce() throws IOException {
    store.putIfAbsent("gone", bytes("gone"));
    store.putIfAbsent("kept", bytes("kept"));

    store.delete("gone");
    store.delete("gone");
    store.delete("never-there");

    assertThat(store.names()).containsExactly("kept");
    assertThat(store.read("gone")).isEmpty();
  }

  @Test
  void aDeletedNameIsFreeAgain() throws IOException {
    store.putIfAbsent("name", bytes("old"));
    store.delete("name");

    assertThat(store.putIfAbsent("name", bytes("new"))).isTrue();

    assertThat(store.read("name")).hasValue(bytes("new"));
  }

  @Test
  void deletingAllLeavesNothingAndMayBeRepeated() throws IOException {
    store.putIfAbsent("one", bytes("1"));
    store.putIfAbsent("two", bytes("2"));

    store.deleteAll();
    store.deleteAll();

    assertThat(store.names()).isEmpty();
    assertThat(store.read("one")).isEmpty();
    assertThat(store.putIfAbsent("one", bytes("again"))).isTrue();
  }

  @Test
  void theLockHasOneHolderAndIsFreeOnceItIsClosed() throws IOException {
    FileLocks.Held first = store.tryOwn().orElseThrow();

    assertThat(store.tryOwn()).isEmpty();
    assertThat(sameStore().tryOwn()).isEmpty();

    first.close();
    FileLocks.Held second = sameStore().tryOwn().orElseThrow();
    assertThat(store.tryOwn()).isEmpty();
    second.close();
  }

  @Test
  void closingALockTwiceDoesNotFreeItForTwo() throws IOException {
    FileLocks.Held first = store.tryOwn().orElseThrow();
    first.close();
    first.close();
    try (FileLocks.Held second = store.tryOwn().orElseThrow()) {
      first.close();

      assertThat(store.tryOwn()).isEmpty();
    }
  }

  @Test
  void ofManyThreadsThatTryExactlyOneHoldsTheLock() throws Exception {
    List<Optional<FileLocks.Held>> tries = Race.of(8, racer -> () -> sameStore().tryOwn());

    assertThat(tries.stream().filter(Optional::isPresent)).hasSize(1);
    tries.forEach(held -> held.ifPresent(FileLocks.Held::close));
  }

  @Test
  void theLockIsNoFileOfTheStore() throws IOException {
    try (FileLocks.Held held = store.tryOwn().orElseThrow()) {
      assertThat(store.names()).isEmpty();
      store.putIfAbsent("record-1", bytes("one"));
      assertThat(store.names()).containsExactly("record-1");
    }
    assertThat(store.names()).containsExactly("record-1");
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
