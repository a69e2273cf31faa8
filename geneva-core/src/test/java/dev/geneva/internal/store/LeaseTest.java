package dev.geneva.internal.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.StorageException;
import dev.geneva.internal.fixture.ChildJvm;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.S3;
import dev.geneva.internal.fixture.S3Server;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds among processes, which threads of one don't show. */
@ExtendWith(S3.class)
class LeaseTest {

  private static final String FOLDER = "_geneva/.names";

  /** A period so long that nobody is taken for dead in a test. */
  private static final Duration LONG = Duration.ofHours(1);

  private final S3Server server;
  private String uri;
  private FileStore store;

  LeaseTest(S3Server server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    uri = "s3://" + server.newBucket() + "/db";
    store = open(uri, server.endpoint());
  }

  @AfterEach
  void close() {
    store.close();
  }

  static FileStore open(String uri, String endpoint) {
    ObjectStoreUri parsed = ObjectStoreUri.parse(uri);
    return ObjectStores.open(
        parsed,
        new StorageOptions(
            parsed,
            java.util.Map.of(
                "aws_endpoint",
                endpoint,
                "aws_access_key_id",
                S3Server.KEY,
                "aws_secret_access_key",
                S3Server.SECRET)));
  }

  private String latestRecord() throws IOException {
    List<String> names = store.names(FOLDER);
    byte[] latest = store.read(FOLDER + "/" + names.get(names.size() - 1)).orElseThrow();
    return new String(latest, StandardCharsets.UTF_8);
  }

  @Test
  void aLeaseLeavesOneRecordThatSaysItIsFree() throws IOException {
    for (int round = 0; round < 3; round++) {
      try (FileLocks.Held held = new Lease(store, FOLDER, LONG).acquire()) {
        assertThat(latestRecord()).doesNotStartWith("free");
      }
      assertThat(latestRecord()).startsWith("free");
    }
    assertThat(store.names(FOLDER)).containsExactly("000000000006");
  }

  @Test
  void aHolderInAnotherProcessIsWaitedForAndItsDeathIsSurvived() throws Exception {
    try (ChildJvm child = ChildJvm.start(LeaseChild.class, uri, server.endpoint())) {
      assertThat(child.nextLine()).isEqualTo("held");
      CompletableFuture<FileLocks.Held> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new Lease(store, FOLDER, LeaseChild.PERIOD).acquire();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      // The holder lives: it renews, more often than anybody gives it up.
      int first = Integer.parseInt(store.names(FOLDER).get(0));
      await()
          .atMost(60, SECONDS)
          .until(() -> Integer.parseInt(store.names(FOLDER).get(0)) > first + 8);
      assertThat(waiting).isNotDone();

      child.kill();

      waiting.get(60, SECONDS).close();
      assertThat(latestRecord()).startsWith("free");
    }
  }

  @Test
  void aHolderThatWasTakenForDeadIsToldWhenItCloses() throws IOException {
    FileLocks.Held slow = new Lease(store, FOLDER, LONG).acquire();
    // Somebody else has waited longer than it is allowed to be silent.
    assertThat(
            store.putIfAbsent(FOLDER + "/000000000002", "other".getBytes(StandardCharsets.UTF_8)))
        .isTrue();

    assertThatThrownBy(slow::close)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The lease " + store.uri(FOLDER) + " was lost: ")
        .hasMessageContaining("somebody else took it over");
    assertThat(latestRecord()).isEqualTo("other");
    slow.close(); // once is enough
  }

  @RepeatedTest(5)
  void ofManyWhoTakeTheSameNumberExactlyOneHoldsIt() throws Exception {
    // As processes would, which no lock among threads keeps apart.
    List<Boolean> taken = Race.of(8, racer -> () -> new Lease(store, FOLDER, LONG).tryTake(1));

    assertThat(taken).containsOnlyOnce(true);
    assertThat(store.names(FOLDER)).containsExactly("000000000001");
  }

  @Test
  void whatElseLiesThereIsNoRecord() throws IOException {
    byte[] others = "not ours".getBytes(StandardCharsets.UTF_8);
    store.putIfAbsent(FOLDER + "/000000000001-upload-7f3a", others);
    store.putIfAbsent(FOLDER + "/notes.txt", others);

    try (FileLocks.Held held = new Lease(store, FOLDER, LONG).acquire()) {
      assertThat(store.names(FOLDER)).contains("000000000001");
    }
    assertThat(store.names(FOLDER))
        .containsExactly("000000000001-upload-7f3a", "000000000002", "notes.txt");
  }

  @Test
  void aNumberThatIsFreeOnlyBecauseItsRecordIsGoneWinsNothing() throws Exception {
    try (FileLocks.Held held = new Lease(store, FOLDER, LONG).acquire()) {
      store.putIfAbsent(FOLDER + "/000000000009", "other".getBytes(StandardCharsets.UTF_8));
      // What a contender does that looked long ago, when number 3 was the greatest.
      assertThat(new Lease(store, FOLDER, LONG).tryTake(4)).isFalse();
      assertThat(store.names(FOLDER)).doesNotContain("000000000004");
      assertThat(latestRecord()).isEqualTo("other");
      store.delete(FOLDER + "/000000000009");
    }
  }
}
