package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.EngineLostException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.run.Signals;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** {@code kill -9} at random moments: whoever looks sees the old view or the new one, whole. */
class FaultsIT extends RayTest {

  private static final int KILLS = Integer.getInteger("geneva.kills", 10);

  /** To Ray's memory monitor, any host is short of memory that uses more than next to none. */
  private static final Map<String, String> SHORT_OF_MEMORY =
      Map.of("RAY_memory_usage_threshold", "0.001", "RAY_memory_monitor_refresh_ms", "100");

  /** What is killed. */
  private enum Victim {
    WORKER,
    RAYLET,
    DRIVER,
    HEAD;

    void kill() {
      switch (this) {
        case WORKER -> Processes.workers().findAny().ifPresent(ProcessHandle::destroyForcibly);
        case RAYLET -> Processes.raylet().ifPresent(ProcessHandle::destroyForcibly);
        case DRIVER -> Processes.driver().ifPresent(ProcessHandle::destroyForcibly);
        case HEAD -> Processes.head().ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  void killedProcessesLoseAndRepeatNothing() throws Exception {
    Random random = new Random(7);
    Path signals = Files.createDirectories(folder.resolve("signals"));
    UdtfView view = view("view", 400, 4, new Stage("slow", signals.toString()));
    Table items = connection.openTable("view_items");
    Footprint before = Footprint.now(); // by now this process has loaded its own libraries
    List<Item> old = List.of();
    Set<Path> rays = new HashSet<>();
    RayOptions options = RayOptions.builder().cpus(2).build();
    try (RayEngine engine = RayEngine.local(options)) {
      RefreshOptions onRay = RefreshOptions.builder().on(engine).build();
      for (int kill = 0; kill < KILLS; kill++) {
        Victim victim = Victim.values()[kill % Victim.values().length];
        int collected = new Signals(signals).count("collected");
        RefreshHandle handle = view.refreshAsync(onRay);
        Processes.headFolder().ifPresent(rays::add);
        // By what it has done and not by the clock alone, so that a slow machine gets as far.
        int some = random.nextInt(20);
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    new Signals(signals).count("collected") >= collected + some
                        || handle.toCompletableFuture().isDone());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        victim.kill();
        boolean survived = survives(handle, victim);
        List<Item> now = connection.openTable("view_items").search().records(Item.class).toList();
        if (!survived) {
          assertThat(items(view)).as("after the death of a %s", victim).isIn(old, sorted(now));
          RefreshReport report = view.refresh(onRay);
          assertThat(report.status()).as(victim.name()).isNotNull();
        }
        assertThat(items(view)).as("after the death of a %s", victim).isEqualTo(sorted(now));
        old = items(view);
        items.add(Item.class, Item.range(400 + 4L * kill, 404 + 4L * kill, 4));
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Footprint.now()).isEqualTo(before));
    assertThat(rays).isNotEmpty().allSatisfy(ray -> assertThat(ray).doesNotExist());
  }

  private static boolean survives(RefreshHandle handle, Victim victim) throws Exception {
    try {
      handle.toCompletableFuture().get(3, TimeUnit.MINUTES);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).as(victim.name()).isInstanceOf(EngineLostException.class);
      assertThat(victim).as("what a refresh doesn't survive").isNotEqualTo(Victim.WORKER);
      return false;
    }
  }

  /** As the view has them: by label, and within it as the table has them. */
  private static List<Item> sorted(List<Item> items) {
    return items.stream().sorted(java.util.Comparator.comparing(Item::label)).toList();
  }

  /** On a cluster of two nodes with one CPU each, whose second node dies. */
  private RefreshHandle refreshWhileANodeDies(
      UdtfView view, Path signals, TwoNodes nodes, RayEngine engine) {
    RefreshHandle handle =
        view.refreshAsync(RefreshOptions.builder().on(engine).concurrency(2).build());
    // Each call waits, so that the first worker can't do all before there is a second.
    await().atMost(Duration.ofMinutes(2)).until(() -> handle.progress().workers() == 2);
    nodes.raylet().destroyForcibly();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> handle.progress().workers() < 2 || handle.toCompletableFuture().isDone());
    new Signals(signals).raise("go");
    return handle;
  }

  @Test
  void deathOfANodeCostsItsWorkersOnly() throws Exception {
    Path signals = Files.createDirectories(folder.resolve("signals"));
    UdtfView view = view("view", 400, 4, new Stage("wait", signals.toString()));
    try (TwoNodes nodes = TwoNodes.start(1);
        RayEngine engine = RayEngine.local(RayOptions.builder().address(nodes.address()).build())) {
      // The other node has room for the worker only that it has: it takes over.
      RefreshReport report =
          refreshWhileANodeDies(view, signals, nodes, engine)
              .toCompletableFuture()
              .get(2, TimeUnit.MINUTES);
      assertThat(report.rowsWritten()).isEqualTo(400);
      assertThat(report.partitionsTotal()).isEqualTo(4);
      assertThat(items(view)).isEqualTo(expected(view, new Copy(1000)));
    }
  }

  @Test
  void deathOfTheDriversNodeIsAnErrorAndTheNextRefreshGoesOn() throws Exception {
    Path signals = Files.createDirectories(folder.resolve("signals"));
    UdtfView view = view("view", 400, 4, new Stage("wait", signals.toString()));
    // Where a host has several nodes, Ray's driver takes the one with its own address.
    RayOptions.Builder onSecond =
        RayOptions.builder().environment("JAVA_TOOL_OPTIONS", "-Dray.node-ip=" + TwoNodes.SECOND);
    try (TwoNodes nodes = TwoNodes.start(1);
        RayEngine engine = RayEngine.local(onSecond.address(nodes.address()).build())) {
      assertThatThrownBy(
              () ->
                  refreshWhileANodeDies(view, signals, nodes, engine)
                      .toCompletableFuture()
                      .get(2, TimeUnit.MINUTES))
          .cause()
          .isInstanceOf(EngineLostException.class)
          .hasMessageContaining("node on which the driver of the refresh runs has died");
      RayOptions onFirst = RayOptions.builder().address(nodes.address()).build();
      try (RayEngine other = RayEngine.local(onFirst)) {
        RefreshReport report = view.refresh(RefreshOptions.builder().on(other).build());
        assertThat(report.rowsWritten()).isEqualTo(400);
      }
      assertThat(items(view)).isEqualTo(expected(view, new Copy(1000)));
    }
  }

  @Test
  void killForWantOfMemoryIsToldFromOtherDeaths() throws Exception {
    UdtfView view = view("view", 100, 1, new Copy(1000));
    try (TwoNodes nodes = TwoNodes.start(1, SHORT_OF_MEMORY, SHORT_OF_MEMORY);
        RayEngine engine = RayEngine.local(RayOptions.builder().address(nodes.address()).build())) {
      RefreshOptions onRay = RefreshOptions.builder().on(engine).build();
      assertThatThrownBy(() -> view.refresh(onRay))
          .isInstanceOf(EngineLostException.class)
          .hasMessageContaining("workers in a row died")
          .hasMessageContaining("Ray killed it because its host was short of memory");
    }
    assertThat(view.refresh().rowsWritten()).isEqualTo(100);
  }

  @Test
  void workerThatIsKilledForWantOfMemoryIsNotReplacedWhereThereAreOthers() throws Exception {
    Path signals = Files.createDirectories(folder.resolve("signals"));
    UdtfView view = view("view", 1600, 4, new Stage("wait, then be slow", signals.toString()));
    try (TwoNodes nodes = TwoNodes.start(1, Map.of(), SHORT_OF_MEMORY);
        RayEngine engine = RayEngine.local(RayOptions.builder().address(nodes.address()).build())) {
      RefreshHandle handle =
          view.refreshAsync(RefreshOptions.builder().on(engine).concurrency(2).build());
      Set<Long> seen = new HashSet<>();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> workers(nodes, seen) == 1 && seen.size() == 2);
      // From here on it takes the other one longer than it takes a third one to start.
      new Signals(signals).raise("go");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> workers(nodes, seen) >= 0 && handle.toCompletableFuture().isDone());
      assertThat(handle.toCompletableFuture().get().rowsWritten()).isEqualTo(1600);
      assertThat(seen).as("workers").hasSize(2);
      assertThat(items(view)).isEqualTo(expected(view, new Copy(1000)));
    }
  }

  /** Counts those that are there, and remembers their processes. */
  private static int workers(TwoNodes nodes, Set<Long> seen) {
    List<Long> now = nodes.workers().stream().map(ProcessHandle::pid).toList();
    seen.addAll(now);
    return now.size();
  }
}
