package dev.geneva.ray.internal.driver;

import dev.geneva.ray.internal.actor.TaskActor;
import dev.geneva.ray.internal.jvm.JvmFlags;
import dev.geneva.ray.internal.wire.WorkerMessage;
import dev.geneva.ray.internal.wire.WorkerMessage.Answer;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Poll;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.concurrencygroup.ConcurrencyGroupBuilder;
import io.ray.api.exception.RayTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An actor, by its handle: once the handle is garbage, Ray kills the actor, so it is kept here. It
 * isn't restarted by Ray, nor are its calls repeated: Ray gives up before it notices a node's
 * death. Used by one thread.
 */
final class Worker implements AutoCloseable {

  private static final int CLOSE_MILLIS = 2000;

  private final ActorHandle<TaskActor> actor;
  private boolean lost;

  private Worker(ActorHandle<TaskActor> actor) {
    this.actor = actor;
  }

  /** Asks Ray for a worker, which takes its time to come. */
  static Worker request(RaySession session, WorkerRequest request) {
    List<String> options = new ArrayList<>(JvmFlags.ofThisJava());
    options.addAll(request.jvmOptions());
    options.addAll(session.start().jvmOptions());
    options.add(
        "-Djava.io.tmpdir=" + session.workerFolder() + "/geneva-worker-" + UUID.randomUUID());
    ConcurrencyGroup control =
        new ConcurrencyGroupBuilder<TaskActor>()
            .setName("control")
            .setMaxConcurrency(2)
            .addMethod(TaskActor::poll)
            .addMethod(TaskActor::cancel)
            .build();
    return new Worker(
        Ray.actor(TaskActor::new)
            .setResources(Map.copyOf(request.resources()))
            .setMaxRestarts(0)
            .setMaxTaskRetries(0)
            .setJvmOptions(options)
            .setConcurrencyGroups(control)
            .remote());
  }

  ObjectRef<byte[]> begin(Begin begin) {
    return actor.task(TaskActor::begin, WorkerMessage.bytes(begin)).remote();
  }

  ObjectRef<byte[]> run(Run run) {
    return actor.task(TaskActor::run, WorkerMessage.bytes(run)).remote();
  }

  ObjectRef<byte[]> poll(Poll poll) {
    return actor.task(TaskActor::poll, WorkerMessage.bytes(poll)).remote();
  }

  ObjectRef<byte[]> cancel() {
    return actor.task(TaskActor::cancel).remote();
  }

  /**
   * Waits a while until one of several answers is there.
   *
   * @return it, or the first of them; null if none is
   */
  static @Nullable ObjectRef<byte[]> await(List<ObjectRef<byte[]>> answers, int millis)
      throws WorkerLostException {
    try {
      List<ObjectRef<byte[]>> there = Ray.wait(answers, 1, millis).getReady();
      return there.isEmpty() ? null : there.get(0);
    } catch (RuntimeException e) {
      throw WorkerLostException.of(e);
    }
  }

  /** Waits a while for an answer; null if it doesn't come. */
  @Nullable Answer tryGet(ObjectRef<byte[]> answer, int millis) throws WorkerLostException {
    try {
      return WorkerMessage.of(answer.get(millis), Answer.class);
    } catch (RayTimeoutException e) {
      return null;
    } catch (RuntimeException e) {
      lost = true;
      throw WorkerLostException.of(e);
    }
  }

  /** The answer, which is there or is waited for. */
  Answer get(ObjectRef<byte[]> answer) throws WorkerLostException {
    try {
      return WorkerMessage.of(answer.get(), Answer.class);
    } catch (RuntimeException e) {
      lost = true;
      throw WorkerLostException.of(e);
    }
  }

  /** Ends it: it hasn't begun, or isn't needed any more and may be stuck. */
  void kill() {
    actor.kill();
  }

  /** Lets it tidy up, if it can, and ends it. */
  @Override
  public void close() {
    if (!lost) {
      try {
        byte[] ignored = actor.task(TaskActor::close).remote().get(CLOSE_MILLIS);
      } catch (RuntimeException e) {
        lost = true; // it never came to life, or is stuck in the function
      }
    }
    actor.kill();
  }
}
