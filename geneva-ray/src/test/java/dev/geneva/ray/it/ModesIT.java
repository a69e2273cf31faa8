package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.LocalEngine;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.fixture.S3Server;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import dev.geneva.udtf.BatchUdtf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every mode, and object stores: the same rows in the same order as in this process. */
class ModesIT extends RayTest {

  private static RayEngine engine;

  @BeforeAll
  static void start() {
    engine = RayEngine.local(RayOptions.builder().cpus(2).build());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  /** Refreshes one view on Ray and one here, and compares. */
  private static <R extends Record> RefreshReport requireSame(
      Connection connection, Table table, BatchUdtf udtf, Class<R> output) {
    UdtfView onRay = connection.createUdtfView("on_ray", table.search(), udtf);
    UdtfView here = connection.createUdtfView("here", table.search(), udtf);
    RefreshReport report = onRay.refresh(RefreshOptions.builder().on(engine).build());
    RefreshReport local =
        here.refresh(RefreshOptions.builder().on(LocalEngine.ofDefaults()).build());
    List<R> rows = onRay.search().records(output).toList();
    assertThat(rows).isNotEmpty().isEqualTo(here.search().records(output).toList());
    assertThat(report.mode()).isEqualTo(local.mode());
    assertThat(report.partitionsTotal()).isEqualTo(local.partitionsTotal());
    assertThat(report.rowsRead()).isEqualTo(local.rowsRead());
    assertThat(report.rowsUncovered()).isEqualTo(local.rowsUncovered());
    assertThat(onRay.history().get(0).engine()).isEqualTo("ray");
    return report;
  }

  @Test
  void partitionsOfAnIndexAreThoseOfThisProcess() {
    Table points = connection.createTable("points", Point.class, Point.range(0, 400));
    points.createIvfFlatIndex("at", 4);
    points.add(Point.class, Point.range(400, 420)); // which the index doesn't cover
    RefreshReport report = requireSame(connection, points, new Heaps(), Heaps.Member.class);
    assertThat(report.rowsRead()).isEqualTo(420);
    assertThat(report.rowsUncovered()).isEqualTo(20);
    assertThat(report.partitionsTotal()).isGreaterThan(1);
  }

  @Test
  void allRowsInOneCallAreThoseOfThisProcess() {
    Table items = connection.createTable("items", Item.class, Item.range(0, 300, 3));
    assertThat(requireSame(connection, items, new Whole(), Item.class).partitionsTotal())
        .isEqualTo(1);
  }

  @Test
  void databaseOnAnObjectStoreIsReachedByDriverAndWorkers() {
    try (S3Server server = new S3Server(Path.of("..", "geneva-core", "target", "s3proxy"));
        Connection s3 =
            Geneva.builder("s3://" + server.newBucket() + "/db")
                .storageOptions(server.options())
                .connect()) {
      Table items = s3.createTable("items", Item.class, Item.range(0, 300, 3));
      assertThat(requireSame(s3, items, new Copy(50), Item.class).partitionsTotal()).isEqualTo(3);
      UdtfView view = s3.openUdtfView("on_ray");
      assertThat(view.refresh(RefreshOptions.builder().on(engine).build()).status())
          .isEqualTo(RefreshReport.Status.UP_TO_DATE);
    }
  }
}
