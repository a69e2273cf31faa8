package dev.geneva.ray.internal.driver;

import dev.geneva.ray.internal.actor.TaskActor;
import dev.geneva.ray.internal.jvm.JvmFlags;
import dev.geneva.ray.internal.room.WorkerRequest;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.WorkerMessage;
import dev.geneva.ray.internal.wire.WorkerMessage.Answer;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Poll;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.call.ActorCreator;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.concurrencygroup.ConcurrencyGroupBuilder;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An actor, by its handle: once the handle is garbage, Ray kills the actor, so it is kept here. It
 * isn't restarted by Ray, nor are its calls repeated: Ray gives up before it notices a node's
 * death. Used by one thread.
 */
final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final int CLOSE_MILLIS = 2000;

  private final RaySession session;
  private final ActorHandle<TaskActor> actor;

  /** How many tasks it was sent. */
  private long sent;

  private boolean lost;
  private @Nullable ObjectRef<byte[]> begun;

  private Worker(RaySession session, ActorHandle<TaskActor> actor) {
    this.session = session;
    this.actor = actor;
  }

  /** Asks Ray for a worker, which takes its time to come. */
  static Worker request(RaySession session, WorkerRequest request, PlainDatabase database)
      throws WorkerLostException {
    List<String> options = new ArrayList<>(JvmFlags.ofThisJava());
    options.addAll(request.jvmOptions());
    options.addAll(session.start().jvmOptions());
    options.add(
        "-Djava.io.tmpdir=" + session.workerFolder() + "/geneva-worker-" + UUID.randomUUID());
    try {
      ActorCreator<TaskActor> creator =
          Ray.actor(TaskActor::new)
              .setResources(Map.copyOf(request.resources()))
              .setMaxRestarts(0)
              .setMaxTaskRetries(0)
              .setJvmOptions(options)
              .setConcurrencyGroups(tasks(), control());
      List<String> jars = ObjectStoreJars.of(database.uri());
      if (!jars.isEmpty()) {
        RuntimeEnv environment = new RuntimeEnv.Builder().build();
        environment.set("java_jars", jars);
        creator.setRuntimeEnv(environment);
      }
      return new Worker(session, creator.remote());
    } catch (RuntimeException e) {
      throw WorkerLostException.of(e, Optional::empty);
    }
  }

  /** Of two tasks, the one's files may be finished while the function is called for the other. */
  private static ConcurrencyGroup tasks() {
    return new ConcurrencyGroupBuilder<TaskActor>()
        .setName("tasks")
        .setMaxConcurrency(2)
        .addMethod(TaskActor::run)
        .build();
  }

  private static ConcurrencyGroup control() {
    return new ConcurrencyGroupBuilder<TaskActor>()
        .setName("control")
        .setMaxConcurrency(2)
        .addMethod(TaskActor::poll)
        .addMethod(TaskActor::cancel)
        .build();
  }

  ObjectRef<byte[]> begin(Begin begin) throws WorkerLostException {
    byte[] message = WorkerMessage.bytes(begin);
    begun = orLost(() -> actor.task(TaskActor::begin, message).remote());
    return begun;
  }

  /** Waits a while until it has begun; true also if it was never told to. */
  boolean hasBegun(int millis) throws WorkerLostException {
    return begun == null || await(List.of(begun), millis) != null;
  }

  /** Has a task executed after those that were sent before. */
  ObjectRef<byte[]> run(Run run) throws WorkerLostException {
    byte[] message = WorkerMessage.bytes(run.at(++sent));
    return orLost(() -> actor.task(TaskActor::run, message).remote());
  }

  ObjectRef<byte[]> poll(Poll poll) throws WorkerLostException {
    byte[] message = WorkerMessage.bytes(poll);
    return orLost(() -> actor.task(TaskActor::poll, message).remote());
  }

  ObjectRef<byte[]> cancel() throws WorkerLostException {
    return orLost(() -> actor.task(TaskActor::cancel).remote());
  }

  private <T> T orLost(Supplier<T> call) throws WorkerLostException {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  private WorkerLostException lost(RuntimeException thrown) {
    WorkerLostException loss = WorkerLostException.of(thrown, () -> session.deathOf(actor.getId()));
    lost = true;
    return loss;
  }

  /**
   * Waits a while until one of several answers is there.
   *
   * @return it, or the first of them; null if none is
   */
  @Nullable ObjectRef<byte[]> await(List<ObjectRef<byte[]>> answers, int millis)
      throws WorkerLostException {
    List<ObjectRef<byte[]>> there = orLost(() -> Ray.wait(answers, 1, millis).getReady());
    return there.isEmpty() ? null : there.get(0);
  }

  /** Waits a while for an answer; null if it doesn't come. */
  @Nullable Answer tryGet(ObjectRef<byte[]> answer, int millis) throws WorkerLostException {
    try {
      return WorkerMessage.of(answer.get(millis), Answer.class);
    } catch (RayTimeoutException e) {
      return null;
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  /** The answer, which is there or is waited for. */
  Answer get(ObjectRef<byte[]> answer) throws WorkerLostException {
    return WorkerMessage.of(orLost(answer::get), Answer.class);
  }

  /** Ends it: it hasn't begun, or isn't needed any more and may be stuck. */
  void kill() {
    try {
      actor.kill();
    } catch (RuntimeException e) {
      LOG.debug("A worker can't be killed: {}", e.getMessage()); // then Ray itself is dying
    }
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
    kill();
  }
}
