package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRayIT {

  @TempDir Path folder;

  @Test
  void refreshRunsOnAPrivateRay() {
    try (Connection connection = Geneva.connect(folder.resolve("db").toString())) {
      connection.createTable("items", Item.class, Item.range(0, 1000, 10));
      UdtfView view =
          connection.createUdtfView("copies", connection.openTable("items").search(), new Copy(30));
      long t0 = System.nanoTime();
      try (RayEngine engine =
          RayEngine.local(
              RayOptions.builder()
                  .command(Path.of(System.getProperty("geneva.ray.command")))
                  .cpus(2)
                  .build())) {
        System.err.println("started " + (System.nanoTime() - t0) / 1000000);
        for (int i = 0; i < 3; i++) {
          connection.openTable("items").add(Item.class, Item.range(1000 + i, 1001 + i, 10));
          t0 = System.nanoTime();
          RefreshReport report =
              view.refresh(
                  RefreshOptions.builder().on(engine).listener(p -> System.err.println(p)).build());
          System.err.println(report + " " + (System.nanoTime() - t0) / 1000000);
          t0 = System.nanoTime();
          System.err.println(
              view.refresh(RefreshOptions.builder().on(engine).build()).status()
                  + " "
                  + (System.nanoTime() - t0) / 1000);
        }
        t0 = System.nanoTime();
      }
      System.err.println("closed " + (System.nanoTime() - t0) / 1000000);
      List<Item> rows = view.search().records(Item.class).toList();
      assertThat(rows).hasSize(1003);
      assertThat(view.history().get(0).engine()).isEqualTo("ray");
    }
  }
}
