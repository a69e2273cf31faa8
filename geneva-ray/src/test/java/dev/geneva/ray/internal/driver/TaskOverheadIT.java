package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import dev.geneva.ViewOptions;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.json.Json;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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

  private static final int ROUNDS = 5;

  /** The JVM of a worker is a new one, and compiles for some ten seconds. */
  private static final int WARM = 3_000;

  private static final int MEASURED = 1_000;
  private static final int MOST = Integer.getInteger("geneva.measure.tasks", 1_000);

  /** All values, in milliseconds, for the page of the benchmarks. */
  private final Map<String, List<Double>> values = new TreeMap<>();

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
      TaskEngine here = new LocalTaskEngine();
      PlainDatabase plain =
          PlainDatabase.of(
              new ConnectionOptions(
                  folder.resolve("db").toString(),
                  Map.of(),
                  LocalCapacity.ofProcess(),
                  false,
                  Duration.ofSeconds(30)));
      TaskEngine onRay = new RayTaskEngine(session, plain, List.of());
      for (int round = 0; round < ROUNDS; round++) {
        double local = perTask(database, here);
        keep("local", local);
        keep("overhead", perTask(database, onRay) - local);
        keep("call", perCall());
      }
      for (int tasks = 1; tasks <= MOST; tasks *= 10) {
        for (int round = 0; round < ROUNDS; round++) {
          keep("local-" + tasks, all(database, here, tasks));
          keep("ray-" + tasks, all(database, onRay, tasks));
        }
      }
      Files.writeString(Path.of(System.getProperty("geneva.measured")), Json.write(values));
      assertThat(median("overhead"))
          .as("a task's overhead, beside a call: all values are %s", values)
          .isLessThanOrEqualTo(3 * median("call"));
    }
  }

  private void keep(String key, double millis) {
    values.computeIfAbsent(key, name -> new ArrayList<>()).add(millis);
  }

  private double median(String key) {
    return values.get(key).stream().sorted().toList().get(ROUNDS / 2);
  }

  /** In milliseconds, the start of the workers included. */
  private double all(TestDatabase database, TaskEngine engine, int tasks) throws Exception {
    long begin = System.nanoTime();
    run(database, engine, tasks, new Counters());
    return (System.nanoTime() - begin) / 1e6;
  }

  /** In milliseconds, from the time when enough have been executed for all to be warm. */
  private double perTask(TestDatabase database, TaskEngine engine) throws Exception {
    Counters counters = new Counters();
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(() -> run(database, engine, WARM + MEASURED, counters));
    while (counters.tasksDone() < WARM && !run.isDone()) {
      LockSupport.parkNanos(200_000); // two cores are all that the others may have
    }
    int done = counters.tasksDone();
    long begin = System.nanoTime();
    while (counters.tasksDone() < WARM + MEASURED && !run.isDone()) {
      LockSupport.parkNanos(200_000); // two cores are all that the others may have
    }
    double nanos = System.nanoTime() - begin;
    run.get();
    return nanos / 1e6 / (WARM + MEASURED - done);
  }

  /** Tasks of ten rows each, one at a time. */
  private void run(TestDatabase database, TaskEngine engine, int tasks, Counters counters) {
    Cancellation cancellation = new Cancellation();
    try (LanceDataset source = database.storage().open("source", OptionalLong.empty());
        AttemptWatch watch =
            new AttemptWatch("view", cancellation, Optional.empty(), Optional.empty())) {
      List<Pass> passes =
          IntStream.range(0, tasks)
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
              UdtfBinding.of(new Scene("COPY", folder.toString())).parameters(),
              null);
      Workplace workplace =
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
              cancellation);
      assertThat(engine.run(job, passes, 1, workplace)).hasSize(tasks);
    }
  }

  private static double perCall() {
    ActorHandle<IdleActor> idle = Ray.actor(IdleActor::new).remote();
    byte[] message = new byte[100];
    for (int i = 0; i < WARM; i++) {
      byte[] ignored = idle.task(IdleActor::call, message).remote().get();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < MEASURED; i++) {
      byte[] ignored = idle.task(IdleActor::call, message).remote().get();
    }
    double nanos = System.nanoTime() - begin;
    idle.kill();
    return nanos / 1e6 / MEASURED;
  }
}
