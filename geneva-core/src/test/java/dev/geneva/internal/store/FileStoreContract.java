package dev.geneva.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link FileStore} promises. */
abstract class FileStoreContract {

  FileStore store;

  /** A store of a database that isn't there yet. */
  abstract FileStore emptyStore() throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    store = emptyStore();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aDatabaseThatIsNotThereYetIsEmptyAndNoError() throws IOException {
    store.check();

    assertThat(store.folders("")).isEmpty();
    assertThat(store.names("folder")).isEmpty();
    assertThat(store.files("folder")).isEmpty();
    assertThat(store.hasFolder("folder")).isFalse();
    assertThat(store.read("folder/file")).isEmpty();
    assertThat(store.size("folder/file")).isEmpty();
    store.delete("folder/file");
    store.deleteAll("folder");
  }

  @Test
  void whatWasPutIsReadMeasuredAndListed() throws IOException {
    assertThat(store.putIfAbsent("t.lance/data/b", bytes("four"))).isTrue();
    assertThat(store.putIfAbsent("t.lance/data/a", bytes(""))).isTrue();
    assertThat(store.putIfAbsent("t.lance/data/deeper/c", bytes("c"))).isTrue();

    assertThat(store.read("t.lance/data/b")).hasValue(bytes("four"));
    assertThat(store.read("t.lance/data/a")).hasValue(new byte[0]);
    assertThat(store.size("t.lance/data/b")).isEqualTo(OptionalLong.of(4));
    assertThat(store.size("t.lance/data/a")).isEqualTo(OptionalLong.of(0));
    assertThat(store.size("t.lance/data/none")).isEmpty();
    assertThat(store.names("t.lance/data")).containsExactly("a", "b");
    assertThat(store.files("t.lance/data"))
        .extracting(StoredFile::name, StoredFile::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 0L),
            org.assertj.core.groups.Tuple.tuple("b", 4L));
    assertThat(store.folders("t.lance/data")).containsExactly("deeper");
    assertThat(store.names("t.lance")).isEmpty();
    assertThat(store.folders("t.lance")).containsExactly("data");
    assertThat(store.folders("")).containsExactly("t.lance");
    assertThat(store.hasFolder("t.lance/data")).isTrue();
    assertThat(store.hasFolder("t.lance/dat")).isFalse();
  }

  @Test
  void aTakenPathIsRefusedAndNothingChanges() throws IOException {
    store.putIfAbsent("folder/file", bytes("first"));
    List<StoredFile> before = store.files("folder");

    assertThat(store.putIfAbsent("folder/file", bytes("second"))).isFalse();
    assertThat(store.putIfAbsent("folder/file", bytes("first"))).isFalse();

    assertThat(store.read("folder/file")).hasValue(bytes("first"));
    assertThat(store.files("folder")).isEqualTo(before);
  }

  @Test
  void aPartOfAFileIsReadAndPastItsEndIsAnError() throws IOException {
    store.putIfAbsent("folder/file", bytes("0123456789"));

    assertThat(store.read("folder/file", 3, 4)).isEqualTo(bytes("3456"));
    assertThat(store.read("folder/file", 0, 10)).isEqualTo(bytes("0123456789"));
    assertThat(store.read("folder/file", 10, 0)).isEmpty();
    assertThatThrownBy(() -> store.read("folder/file", 8, 4)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.read("folder/file", 20, 4)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.read("folder/none", 0, 4)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsDeletedIsGoneAndItsPathFreeAgain() throws IOException {
    store.putIfAbsent("folder/file", bytes("old"));
    store.putIfAbsent("folder/other", bytes("other"));
    store.delete("folder/file");
    store.delete("folder/file");

    assertThat(store.names("folder")).containsExactly("other");
    assertThat(store.putIfAbsent("folder/file", bytes("new"))).isTrue();
    assertThat(store.read("folder/file")).hasValue(bytes("new"));
  }

  @Test
  void deletingAllTakesWhatIsBelowAndNothingBeside() throws IOException {
    store.putIfAbsent("t.lance/data/a", bytes("a"));
    store.putIfAbsent("t.lance/_versions/1.manifest", bytes("1"));
    store.putIfAbsent("t.lance2/data/a", bytes("a"));
    store.deleteAll("t.lance");
    store.deleteAll("t.lance");

    assertThat(store.folders("")).containsExactly("t.lance2");
    assertThat(store.hasFolder("t.lance")).isFalse();
  }

  @Test
  void namesThatBeginWithAPointAreNotShown() throws IOException {
    store.putIfAbsent("folder/file", bytes("file"));
    store.putIfAbsent("folder/.hidden", bytes("hidden"));
    store.putIfAbsent(".hidden/file", bytes("file"));

    assertThat(store.names("folder")).containsExactly("file");
    assertThat(store.folders("")).containsExactly("folder");
    assertThat(store.read("folder/.hidden")).hasValue(bytes("hidden"));
  }

  @RepeatedTest(5)
  void ofManyThreadsThatPutAPathExactlyOneWins() throws Exception {
    List<Boolean> wins =
        Race.of(8, racer -> () -> store.putIfAbsent("race/file", bytes("racer " + racer)));

    assertThat(wins).containsOnlyOnce(true);
    assertThat(store.read("race/file")).hasValue(bytes("racer " + wins.indexOf(true)));
  }

  @Test
  void forcingWhatIsThereIsNoError() throws IOException {
    store.putIfAbsent("folder/file", bytes("file"));

    store.force(List.of("folder/file", "folder"));
  }

  @Test
  void theOwnersLockHasOneHolderAndIsNoFileThatIsShown() throws IOException {
    try (FileLocks.Held held = store.tryOwn("folder/.owner").orElseThrow()) {
      assertThat(store.tryOwn("folder/.owner")).isEmpty();
      assertThat(store.names("folder")).isEmpty();
    }
    store.tryOwn("folder/.owner").orElseThrow().close();
  }

  @Test
  void theLockOfAllIsHeldByOneAtATime() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    List<Integer> seen =
        Race.of(
            4,
            racer ->
                () -> {
                  int most = 0;
                  for (int round = 0; round < 3; round++) {
                    try (FileLocks.Held held = store.lock("_geneva/.names")) {
                      most = Math.max(most, holders.incrementAndGet());
                      holders.decrementAndGet();
                    }
                  }
                  return most;
                });

    assertThat(seen).containsOnly(1);
    assertThat(store.names("_geneva")).isEmpty();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
