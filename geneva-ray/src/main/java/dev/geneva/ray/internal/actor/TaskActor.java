package dev.geneva.ray.internal.actor;

import dev.geneva.internal.run.Counters.Counts;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.WorkerMessage;
import dev.geneva.ray.internal.wire.WorkerMessage.Answer;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Poll;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A worker: an actor that executes the tasks of one job and calls its function for one after the
 * other. Messages are bytes, and no method throws: Ray can't carry every exception, and one that it
 * can't kills the actor.
 */
public final class TaskActor {

  private final Mailbox mailbox = new Mailbox();
  private volatile @Nullable OpenJob job;

  /** Called by Ray, in a process of its own. */
  public TaskActor() {}

  /** Opens a {@link Begin}'s job; the one before is closed. */
  public byte[] begin(byte[] message) {
    return answer(
        () -> {
          end();
          WorkerFolder.create();
          job = OpenJob.open(WorkerMessage.of(message, Begin.class), mailbox);
          return success(null, List.of());
        });
  }

  /** Executes the task of a {@link Run}, in its turn. Called by several threads. */
  public byte[] run(byte[] message) {
    return answer(
        () -> {
          OpenJob open = job;
          if (open == null) {
            throw new IllegalStateException("No job was begun.");
          }
          try {
            return open.run(WorkerMessage.of(message, Run.class))
                .map(outcome -> success(outcome.result(), outcome.skips()))
                .orElseGet(() -> success(null, List.of()));
          } finally {
            mailbox.wake();
          }
        });
  }

  /**
   * Takes a {@link Poll}, and tells how far the tasks are that {@link #run} executes; waits a while
   * for a report. Called meanwhile, by another thread.
   */
  public byte[] poll(byte[] message) {
    return answer(
        () -> {
          Poll poll = WorkerMessage.of(message, Poll.class);
          OpenJob open = job;
          if (poll.stop() && open != null) {
            open.stop();
          }
          return new Answer(
              null,
              null,
              List.of(),
              mailbox.fetch(poll.acknowledged(), poll.error(), poll.patienceMillis()),
              givenUp(),
              counts());
        });
  }

  /** Asks the job to stop at its next batch. Called meanwhile, by another thread. */
  public byte[] cancel() {
    return answer(
        () -> {
          OpenJob open = job;
          if (open != null) {
            open.stop();
            open.cancel();
          }
          return success(null, List.of());
        });
  }

  /** Closes what is open and deletes the worker's temporary files. */
  public byte[] close() {
    return answer(
        () -> {
          end();
          WorkerFolder.delete();
          return success(null, List.of());
        });
  }

  private void end() {
    OpenJob open = job;
    job = null;
    if (open != null) {
      open.close();
    }
  }

  private Answer success(@Nullable String result, List<WorkerMessage.Skip> skips) {
    return new Answer(null, result, skips, List.of(), null, counts());
  }

  private @Nullable PlainError givenUp() {
    OpenJob open = job;
    return open == null ? null : open.givenUp().map(PlainError::of).orElse(null);
  }

  private Counts counts() {
    OpenJob open = job;
    return open == null ? Counts.NONE : open.counters().counts();
  }

  private byte[] answer(Callable<Answer> work) {
    try {
      return WorkerMessage.bytes(work.call());
    } catch (Throwable e) {
      return WorkerMessage.bytes(
          new Answer(PlainError.of(e), null, List.of(), List.of(), null, counts()));
    }
  }
}
