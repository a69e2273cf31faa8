package dev.geneva.internal.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geneva.internal.fixture.ChildJvm;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.store.LocalFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a local folder, and what holds among processes. */
class LocalLogStoreTest {

  @Nested
  class SyncedToDisk extends InAFolder {
    SyncedToDisk() {
      super(true);
    }

    @Test
    void ofTwoProcessesThatPutANameExactlyOneWins() throws Exception {
      LogStore store = sameStore();
      int names = 200;
      try (ChildJvm child = child("race", Integer.toString(names))) {
        assertThat(child.nextLine()).isEqualTo("ready");
        child.proceed();
        int won = 0;
        for (int i = 0; i < names; i++) {
          if (store.putIfAbsent("record-" + i, bytes("parent"))) {
            won++;
          }
        }
        int childWon = Integer.parseInt(child.nextLine());
        assertThat(child.exitCode()).isZero();

        assertThat(won + childWon).isEqualTo(names);
        long parents = 0;
        for (String name : store.names()) {
          String winner =
              new String(store.read(name).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
          assertThat(winner).isIn("parent", "child");
          parents += winner.equals("parent") ? 1 : 0;
        }
        assertThat(store.names()).hasSize(names);
        assertThat(parents).isEqualTo(won);
      }
    }

    @Test
    void theLockIsHeldAgainstOtherProcessesAndDiesWithItsHolder() throws Exception {
      LogStore store = sameStore();
      try (ChildJvm child = child("hold")) {
        assertThat(child.nextLine()).isEqualTo("held");
        assertThat(store.tryOwn()).isEmpty();

        child.kill();

        // The system frees the lock as it takes the dead process away, which may take a moment.
        FileLocks.Held own =
            await().atMost(30, SECONDS).until(store::tryOwn, Optional::isPresent).get();
        try (ChildJvm other = child("hold")) {
          assertThat(other.nextLine()).isEqualTo("taken");
          assertThat(other.exitCode()).isZero();
        }
        own.close();
      }
    }

    private ChildJvm child(String... what) {
      return ChildJvm.start(
          LogStoreChild.class,
          Stream.concat(Stream.of(folder.toString()), Stream.of(what)).toArray(String[]::new));
    }
  }

  @Nested
  class NotSynced extends InAFolder {
    NotSynced() {
      super(false);
    }
  }

  abstract static class InAFolder extends LogStoreContract {

    private final boolean syncToDisk;
    @TempDir Path temporary;
    Path folder;

    InAFolder(boolean syncToDisk) {
      this.syncToDisk = syncToDisk;
    }

    @Override
    LogStore emptyStore() {
      folder = temporary.resolve("_geneva").resolve("view");
      return sameStore();
    }

    @Override
    LogStore sameStore() {
      return store(folder, syncToDisk);
    }

    private static LogStore store(Path folder, boolean syncToDisk) {
      return new FileLogStore(
          new LocalFileStore(folder.getParent(), syncToDisk), folder.getFileName().toString());
    }

    @AfterEach
    void noTemporaryFilesRemain() throws IOException {
      if (Files.exists(folder)) {
        assertThat(entries())
            .allMatch(name -> !name.startsWith(".") || name.equals(".owner"))
            .containsExactlyInAnyOrderElementsOf(withOwner(sameStore().names()));
      }
    }

    private List<String> withOwner(List<String> names) {
      return Files.exists(folder.resolve(".owner"))
          ? Stream.concat(names.stream(), Stream.of(".owner")).toList()
          : names;
    }

    private List<String> entries() throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.map(entry -> entry.getFileName().toString()).toList();
      }
    }

    @Test
    void theFolderComesWithTheFirstFileAndGoesWithTheLast() throws IOException {
      LogStore store = sameStore();
      assertThat(store.names()).isEmpty();
      assertThat(store.read("any")).isEmpty();
      store.delete("any");
      store.deleteAll();
      assertThat(folder).doesNotExist();

      store.putIfAbsent("one", bytes("1"));
      assertThat(folder).isDirectory();

      store.deleteAll();
      assertThat(folder).doesNotExist();
      assertThat(folder.getParent()).isDirectory();
    }

    @Test
    void whatAKilledWriterLeftBehindIsNotListedAndGoesWithTheRest() throws IOException {
      LogStore store = sameStore();
      store.putIfAbsent("one", bytes("1"));
      Files.write(folder.resolve(".partial-of-a-dead-process"), bytes("hal"));

      assertThat(store.names()).containsExactly("one");

      store.deletePartial();
      assertThat(folder.resolve(".partial-of-a-dead-process")).doesNotExist();
      assertThat(store.names()).containsExactly("one");

      Files.write(folder.resolve(".partial-of-a-dead-process"), bytes("hal"));
      store.deleteAll();
      assertThat(folder).doesNotExist();
      store.deletePartial();
    }

    @Test
    void deletingAllWhileHoldingTheLockTakesTheLockAwayToo() throws IOException {
      LogStore store = sameStore();
      try (FileLocks.Held own = store.tryOwn().orElseThrow()) {
        store.putIfAbsent("one", bytes("1"));
        store.deleteAll();
      }
      assertThat(folder).doesNotExist();
    }

    @Test
    void throughALinkItIsTheSameLock() throws IOException {
      Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
      LogStore linked = store(link.resolve("_geneva").resolve("view"), syncToDisk);
      try (FileLocks.Held own = sameStore().tryOwn().orElseThrow()) {
        assertThat(linked.tryOwn()).isEmpty();
      }
      linked.tryOwn().orElseThrow().close();
    }
  }
}
