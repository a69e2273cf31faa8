package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.internal.run.TaskEngineContract;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.Request;
import dev.geneva.ray.it.TwoNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The engines' contract on two nodes. This process is the driver, and so it loads Ray. */
@EnabledIf("dev.geneva.ray.it.TwoNodes#isInstalled")
class RayTaskEngineIT extends TaskEngineContract {

  private static TwoNodes nodes;
  private static RaySession session;

  @BeforeAll
  static void connect() {
    nodes = TwoNodes.start(2);
    session =
        RaySession.open(
            new Request.Start(
                nodes.address(),
                Arrays.asList(System.getProperty("java.class.path").split(":", -1)),
                List.of(),
                Map.of()));
  }

  @AfterAll
  static void disconnect() {
    session.close();
    nodes.close();
  }

  @Override
  protected TaskEngine engine(Path database) {
    ConnectionOptions options =
        new ConnectionOptions(
            database.toString(),
            Map.of(),
            LocalCapacity.ofProcess(),
            false,
            Duration.ofSeconds(30));
    return new RayTaskEngine(session, PlainDatabase.of(options), List.of());
  }

  @Override
  protected void requireNothingRuns() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(nodes.workers()).isEmpty());
  }

  /** Ray keeps a process that it has started for an actor which nobody wants any more. */
  @Test
  void aWorkerIsCancelledWhileItsProcessStarts() throws InterruptedException {
    cancelOnce(() -> !nodes.workers().isEmpty());
  }
}
