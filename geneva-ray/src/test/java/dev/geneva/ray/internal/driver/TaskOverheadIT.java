package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import dev.geneva.ViewOptions;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.run.AttemptWatch;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.Counters;
import dev.geneva.internal.run.LocalTaskEngine;
import dev.geneva.internal.run.Scene;
import dev.geneva.internal.run.SkipCount;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.internal.run.Workplace;
import dev.geneva.internal.view.StoredView;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.Request;
import dev.geneva.ray.it.TwoNodes;
import io.ray.api.ActorHandle;
import io.ray.api.Ray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a task costs on Ray beyond what it costs here, against an actor's call that does nothing.
 */
@EnabledIf("dev.geneva.ray.it.TwoNodes#isInstalled")
@EnabledIfSystemProperty(named = "geneva.measure", matches = "true") // a figure, not a fact
class TaskOverheadIT {

  private static final int WARM = 200;

  /** Of so many the time is taken; the best of several counts, as others on the host only add. */
  private static final int WINDOW = 50;

  private static final int WINDOWS = 8;
  private static final int MEASURED = WINDOW * WINDOWS;

  @TempDir Path folder;

  @Test
  void taskCostsNoMoreThanThreeCalls() throws Exception {
    try (TwoNodes nodes = TwoNodes.start(2);
        RaySession session =
            RaySession.open(
                new Request.Start(
                    nodes.address(),
                    Arrays.asList(System.getProperty("java.class.path").split(":", -1)),
                    List.of(),
                    Map.of()));
        TestDatabase database = new TestDatabase(folder.resolve("db"))) {
      database.create("source", 0, 10);
      database
          .storage()
          .create(
              "view",
              StoredView.of(
                      QuerySpec.all("source", null),
                      UdtfBinding.of(new Scene("COPY", "")),
                      ViewOptions.ofDefaults())
                  .datasetSchema());
      double local = perTask(database, new LocalTaskEngine());
      PlainDatabase plain =
          PlainDatabase.of(
              new ConnectionOptions(
                  folder.resolve("db").toString(),
                  Map.of(),
                  LocalCapacity.ofProcess(),
                  false,
                  Duration.ofSeconds(30)));
      double ray = perTask(database, new RayTaskEngine(session, plain, List.of()));
      double call = perCall();
      assertThat(ray - local)
          .as("a task: %.2f ms here, %.2f ms on Ray; a call: %.2f ms", local, ray, call)
          .isLessThanOrEqualTo(3 * call);
    }
  }

  /** In milliseconds, from the time when enough have been executed for all to be warm. */
  private double perTask(TestDatabase database, TaskEngine engine) throws Exception {
    Path signals = Files.createDirectories(folder.resolve("signals"));
    Counters counters = new Counters();
    Cancellation cancellation = new Cancellation();
    try (LanceDataset source = database.storage().open("source", OptionalLong.empty());
        AttemptWatch watch =
            new AttemptWatch("view", cancellation, Optional.empty(), Optional.empty())) {
      List<Pass> passes =
          IntStream.range(0, WARM + MEASURED)
              .mapToObj(
                  i -> Pass.of(new Task(i, List.of(new Partition(i, Optional.empty(), 10)), true)))
              .toList();
      Job job =
          new Job(
              "refresh",
              "view",
              QuerySpec.all("source", null),
              source.version(),
              List.of(),
              Scene.class.getName(),
              UdtfBinding.of(new Scene("COPY", signals.toString())).parameters(),
              null);
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(
              () -> {
                List<?> results =
                    engine.run(
                        job,
                        passes,
                        1,
                        new Workplace(
                            Optional.empty(),
                            database.storage(),
                            source,
                            database.allocator(),
                            false,
                            counters,
                            new SkipCount(passes.size()),
                            Checkpoints.NONE,
                            watch,
                            cancellation));
                assertThat(results).hasSize(WARM + MEASURED);
              });
      double best = Double.MAX_VALUE;
      long begin = 0;
      int from = 0;
      for (int upTo = WARM; upTo <= WARM + MEASURED; upTo += WINDOW) {
        while (counters.tasksDone() < upTo && !run.isDone()) {
          LockSupport.parkNanos(200_000); // two cores are all that the others may have
        }
        long now = System.nanoTime();
        int done = counters.tasksDone();
        if (begin != 0) {
          best = Math.min(best, (now - begin) / 1e6 / (done - from));
        }
        begin = now;
        from = done;
      }
      run.get();
      return best;
    }
  }

  private static double perCall() {
    ActorHandle<IdleActor> idle = Ray.actor(IdleActor::new).remote();
    byte[] message = new byte[100];
    for (int i = 0; i < WARM; i++) {
      byte[] ignored = idle.task(IdleActor::call, message).remote().get();
    }
    double best = Double.MAX_VALUE;
    for (int window = 0; window < WINDOWS; window++) {
      long begin = System.nanoTime();
      for (int i = 0; i < WINDOW; i++) {
        byte[] ignored = idle.task(IdleActor::call, message).remote().get();
      }
      best = Math.min(best, (System.nanoTime() - begin) / 1e6 / WINDOW);
    }
    idle.kill();
    return best;
  }
}
