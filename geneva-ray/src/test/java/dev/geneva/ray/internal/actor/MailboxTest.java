package dev.geneva.ray.internal.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.StorageException;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private final Mailbox mailbox = new Mailbox();

  private CompletableFuture<Void> post() {
    return CompletableFuture.runAsync(
        () -> mailbox.post(number -> new Report(number, 0, null, null, List.of())));
  }

  @Test
  void whoPostsWaitsForTheAcknowledgement() throws InterruptedException {
    CompletableFuture<Void> posted = post();
    assertThat(mailbox.fetch(0, null, 10_000)).extracting(Report::number).containsExactly(1L);
    assertThat(posted).isNotDone();
    assertThat(mailbox.fetch(1, null, 0)).isEmpty();
    posted.join();
  }

  @Test
  void reportIsThereUntilItIsAcknowledged() throws InterruptedException {
    CompletableFuture<Void> posted = post();
    await().until(() -> !mailbox.fetch(0, null, 0).isEmpty());
    assertThat(mailbox.fetch(0, null, 0)).hasSize(1);
    assertThat(mailbox.fetch(1, null, 0)).isEmpty();
    assertThat(mailbox.fetch(0, null, 0)).as("a late answer takes nothing back").isEmpty();
    posted.join();
  }

  @Test
  void refusedReportIsTheErrorOfWhoPosted() throws InterruptedException {
    CompletableFuture<Void> posted = post();
    assertThat(mailbox.fetch(0, null, 10_000)).hasSize(1);
    assertThat(mailbox.fetch(0, PlainError.of(new StorageException("the log is full")), 0))
        .hasSize(1);
    assertThatThrownBy(posted::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(StorageException.class)
        .hasMessage("the log is full");
  }

  @Test
  void whoWaitsForReportsIsWokenWhenTheTaskEnds() throws Exception {
    CompletableFuture<List<Report>> fetched =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return mailbox.fetch(0, null, 600_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await()
        .until(
            () -> {
              mailbox.wake();
              return fetched.isDone();
            });
    assertThat(fetched.join()).isEmpty();
  }
}
