package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Cluster;
import dev.geneva.Connection;
import dev.geneva.EngineContext;
import dev.geneva.Geneva;
import dev.geneva.Manifest;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {

  static TwoNodes nodes;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    nodes = TwoNodes.start(2);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  @Test
  void address() {
    try (Connection connection = Geneva.connect(folder.resolve("db").toString())) {
      connection.createTable("items", Item.class, Item.range(0, 1000, 10));
      UdtfView view =
          connection.createUdtfView("copies", connection.openTable("items").search(), new Copy(30));
      try (RayEngine engine =
          RayEngine.local(RayOptions.builder().address(nodes.address()).build())) {
        RefreshReport report = view.refresh(RefreshOptions.builder().on(engine).build());
        System.err.println(report);
      }
    }
  }

  @Test
  void job() {
    try (Connection connection = Geneva.connect(folder.resolve("db").toString())) {
      connection.createTable("items", Item.class, Item.range(0, 1000, 10));
      UdtfView view =
          connection.createUdtfView("copies", connection.openTable("items").search(), new Copy(30));
      connection.defineCluster(
          "two",
          Cluster.at(nodes.dashboard().toString())
              .classPath(
                  Arrays.stream(System.getProperty("java.class.path").split(":"))
                      .toArray(String[]::new))
              .build());
      connection.defineManifest("none", Manifest.builder().build());
      long t0 = System.nanoTime();
      try (EngineContext context = connection.context("two", "none")) {
        RefreshReport report =
            view.refresh(RefreshOptions.builder().listener(p -> System.err.println(p)).build());
        System.err.println(report + " " + (System.nanoTime() - t0) / 1000000);
      }
      assertThat(view.countRows()).isEqualTo(1000);
    }
  }
}
