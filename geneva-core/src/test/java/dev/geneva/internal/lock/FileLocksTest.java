package dev.geneva.internal.lock;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.StorageException;
import dev.geneva.internal.fixture.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stores' contract doesn't say: waiting, links, and what can't be locked. */
class FileLocksTest {

  @TempDir Path folder;

  @Test
  void waitingEndsWhenTheLockIsFreeAndNotWithAnInterrupt() throws Exception {
    Path file = folder.resolve("db").resolve(".names");
    FileLocks.Held first = FileLocks.acquire(file);
    FutureTask<Boolean> second =
        new FutureTask<>(
            () -> {
              try (FileLocks.Held held = FileLocks.acquire(file)) {
                return Thread.interrupted();
              }
            });
    Thread waiter = new Thread(second);
    waiter.start();
    await().atMost(30, SECONDS).until(() -> waiter.getState() == Thread.State.WAITING);
    waiter.interrupt();
    assertThat(second.isDone()).isFalse();

    first.close();

    assertThat(second.get(30, SECONDS)).as("the interrupt is kept").isTrue();
    waiter.join();
  }

  @Test
  void whetherItIsHeldIsFoundOutWithoutWriting() {
    Path file = folder.resolve("log").resolve(".owner");
    assertThat(FileLocks.isHeld(file)).isFalse();
    assertThat(file.getParent()).doesNotExist();

    try (FileLocks.Held held = FileLocks.acquire(file)) {
      assertThat(FileLocks.isHeld(file)).isTrue();
    }

    assertThat(FileLocks.isHeld(file)).isFalse();
    FileLocks.acquire(file).close();
  }

  @Test
  void neverDoTwoHoldIt() throws Exception {
    Path file = folder.resolve(".names");
    AtomicInteger holders = new AtomicInteger();
    Race.of(
        4,
        racer ->
            () -> {
              for (int i = 0; i < 50; i++) {
                try (FileLocks.Held held = FileLocks.acquire(file)) {
                  assertThat(holders.incrementAndGet()).isEqualTo(1);
                  holders.decrementAndGet();
                }
              }
              return null;
            });
    FileLocks.tryAcquire(file).orElseThrow().close();
  }

  @Test
  void aPathWithDotsOrLinksIsTheSameFile() throws IOException {
    Files.createDirectory(folder.resolve("x"));
    Path linked = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (FileLocks.Held held = FileLocks.acquire(folder.resolve(".names"))) {
      assertThat(FileLocks.tryAcquire(folder.resolve("x/../.names"))).isEmpty();
      assertThat(FileLocks.tryAcquire(linked.resolve(".names"))).isEmpty();
    }
  }

  @Test
  void differentFilesAreDifferentLocks() {
    try (FileLocks.Held one = FileLocks.acquire(folder.resolve("one"));
        FileLocks.Held two = FileLocks.tryAcquire(folder.resolve("two")).orElseThrow()) {
      assertThat(FileLocks.tryAcquire(folder.resolve("one"))).isEmpty();
    }
  }

  @Test
  void whatCannotBeLockedIsNamedAndNotHeld() throws IOException {
    Path blocked = Files.createDirectories(folder.resolve("a-folder"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> FileLocks.tryAcquire(blocked))
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("Can't lock ")
          .hasMessageContaining("a-folder");
    }
    Files.delete(blocked);
    FileLocks.tryAcquire(blocked).orElseThrow().close();
  }
}
