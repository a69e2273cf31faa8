package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.EngineContext;
import dev.geneva.EngineLostException;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.ResourcesUnavailableException;
import dev.geneva.UdtfView;
import dev.geneva.internal.run.Signals;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A private Ray, as applications use it. */
class LocalRayIT extends RayTest {

  /** Asks for more CPUs than any node has. */
  @Udtf(output = Item.class, numCpus = 64)
  public record Greedy() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }

  /** Asks for what Ray can't count. */
  @Udtf(output = Item.class, numCpus = 1.5)
  public record Fractional() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }

  private String signals() throws IOException {
    return Files.createDirectories(folder.resolve("signals")).toString();
  }

  @Test
  void contextRunsRefreshesOfItsConnectionAndLeavesNothing() throws Exception {
    UdtfView view = view("copies", 1000, 10, new Copy(30));
    Footprint before = Footprint.now(); // by now this process has loaded its own libraries
    List<RefreshProgress> told = Collections.synchronizedList(new ArrayList<>());
    Path ray;
    try (EngineContext context = connection.localRayContext()) {
      ray = Processes.headFolder().orElseThrow();
      assertThat(ray).isDirectory();
      assertThat(context.engine().name()).isEqualTo("ray");
      assertThatThrownBy(connection::localRayContext)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("open already");

      assertThat(view.plan().toString())
          .contains("the nodes of ray have " + (double) cpus() + " CPUs");
      RefreshReport report = view.refresh(RefreshOptions.builder().listener(told::add).build());
      assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
      assertThat(report.rowsWritten()).isEqualTo(1000);
      assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
      assertThat(view.history().get(0).engine()).isEqualTo("ray");

      failuresArriveAsThemselves();
      tooMuchIsRefusedAtOnce();
      nobodyElseReachesIt();
      cancelledRefreshStops();
      lostWorkerIsReplaced();
      lostDriverIsAnErrorAndTheNextRefreshGoesOn();
    }
    assertThat(items(view)).isEqualTo(expected(view, new Copy(30)));
    assertThat(told)
        .anySatisfy(
            progress -> {
              assertThat(progress.workers()).isPositive();
              assertThat(progress.tasksTotal()).isPositive();
            });
    assertThat(told.get(told.size() - 1).partitionsDone()).isEqualTo(10);
    await().untilAsserted(() -> assertThat(Footprint.now()).isEqualTo(before));
    assertThat(ray).doesNotExist();
  }

  /** Those of a Ray that is told nothing else. */
  private static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void failuresArriveAsThemselves() throws IOException {
    UdtfView view = view("failing", 100, 1, new Stage("fail", signals()));
    assertThatThrownBy(view::refresh)
        .isInstanceOfSatisfying(
            PartitionFailedException.class,
            e -> {
              assertThat(e.partition())
                  .isEqualTo(Optional.of(new PartitionKey.Value("label", "g0")));
              assertThat(e.attempts()).isEqualTo(1);
            })
        .hasMessageContaining("disk of label = 'g0'")
        .hasCauseInstanceOf(IOException.class)
        .satisfies(
            e ->
                assertThat(e.getCause().getStackTrace())
                    .as("the trace is the function's")
                    .anyMatch(line -> line.getClassName().equals(Stage.class.getName())));
  }

  private void tooMuchIsRefusedAtOnce() {
    UdtfView greedy = view("greedy", 10, 1, new Greedy());
    assertThatThrownBy(greedy::plan)
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessageContaining("asks for CPU 64 a worker");
    long begin = System.nanoTime();
    assertThatThrownBy(greedy::refresh)
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessageContaining("asks for CPU 64 a worker, and no node of the cluster has that")
        .hasMessageContaining(" has CPU ");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThatThrownBy(view("fractional", 10, 1, new Fractional())::refresh)
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessageContaining("numCpus = 1.5")
        .hasMessageContaining("make it 1 or 2");
  }

  /** With head, driver and a worker. */
  private void nobodyElseReachesIt() throws Exception {
    Path own = Files.createDirectories(folder.resolve("private"));
    UdtfView view = view("private", 200, 2, new Stage("wait", own.toString()));
    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
    new Signals(own).await("collected");
    assertThat(Processes.workers()).isNotEmpty();
    assertThat(Processes.listeningAt())
        .as("127.0.0.1, and the same as an address of version 6")
        .containsExactlyInAnyOrder("0100007F", "0000000000000000FFFF00000100007F");
    new Signals(own).raise("go");
    assertThat(handle.toCompletableFuture().get().rowsWritten()).isEqualTo(200);
  }

  private void cancelledRefreshStops() throws Exception {
    Path own = Files.createDirectories(folder.resolve("cancelled"));
    UdtfView view = view("cancelled", 100_000, 1, new Stage("slow", own.toString()));
    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
    new Signals(own).await("collected");
    handle.cancel();
    assertThatThrownBy(() -> handle.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RefreshCancelledException.class);
    assertThat(view.countRows()).isZero();
  }

  private void lostWorkerIsReplaced() throws Exception {
    Path own = Files.createDirectories(folder.resolve("lost"));
    UdtfView view = view("lost", 200, 2, new Stage("exit once", own.toString()));
    RefreshReport report = view.refresh();
    assertThat(report.rowsWritten()).isEqualTo(200);
    assertThat(items(view)).isEqualTo(expected(view, new Copy(1000)));
  }

  private void lostDriverIsAnErrorAndTheNextRefreshGoesOn() throws Exception {
    Path own = Files.createDirectories(folder.resolve("driver"));
    UdtfView view = view("driver", 200, 2, new Stage("wait", own.toString()));
    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
    new Signals(own).await("collected");
    Processes.driver().orElseThrow().destroyForcibly();
    assertThatThrownBy(() -> handle.toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(EngineLostException.class)
        .hasMessageContaining("exit code 137");
    new Signals(own).raise("go");
    assertThat(view.refresh().rowsWritten()).isEqualTo(200);
    assertThat(items(view)).isEqualTo(expected(view, new Copy(1000)));
  }
}
