package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geneva.RefreshOptions;
import dev.geneva.UdtfView;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Refresh after refresh, and nothing is left. */
class LeaksIT extends RayTest {

  private static final int REFRESHES = 10;

  @Test
  void tenRefreshesLeaveAsManyCpusProcessesAndFiles() throws Exception {
    UdtfView view = view("view", 100, 4, new Copy(10));
    try (TwoNodes nodes = TwoNodes.start(1);
        RayEngine engine = RayEngine.local(RayOptions.builder().address(nodes.address()).build())) {
      RefreshOptions onRay = RefreshOptions.builder().on(engine).concurrency(1).build();
      view.refresh(onRay);
      await().until(() -> nodes.workers().isEmpty());
      String idle = usedCpus(nodes.dashboard());
      Footprint before = Footprint.now();
      for (int i = 0; i < REFRESHES; i++) {
        connection.openTable("view_items").add(Item.class, Item.range(100 + i, 101 + i, 4));
        assertThat(view.refresh(onRay).rowsWritten()).isEqualTo(101 + i);
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                assertThat(nodes.workers()).isEmpty();
                assertThat(usedCpus(nodes.dashboard())).isEqualTo(idle);
                assertThat(Footprint.now()).isEqualTo(before);
              });
    }
  }

  /** What the cluster says of its CPUs: those used, and all. */
  private static String usedCpus(URI dashboard) throws Exception {
    String status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(dashboard.resolve("/api/cluster_status")).build(),
                BodyHandlers.ofString())
            .body();
    return status.replaceAll("(?s).*?([0-9.]+/[0-9.]+ CPU).*", "$1");
  }
}
