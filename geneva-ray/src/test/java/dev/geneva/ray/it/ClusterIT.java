package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.Cluster;
import dev.geneva.Connection;
import dev.geneva.EngineContext;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Manifest;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.internal.run.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refreshes as jobs, submitted to the dashboard of a cluster of two nodes. */
class ClusterIT extends RayTest {

  private static final String SECRET = "s3cr3t-of-the-storage";
  private static TwoNodes nodes;

  @BeforeAll
  static void start() {
    nodes = TwoNodes.start(2);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  /** The cluster has everything but the functions of these tests. */
  private static Cluster cluster() {
    return Cluster.at(nodes.dashboard().toString())
        .classPath(
            Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.contains("geneva-ray/target/test-classes"))
                .toArray(String[]::new))
        .build();
  }

  /** A jar with the classes of this package. */
  private Path functions() throws IOException {
    Path jar = folder.resolve("functions.jar");
    Path classes = Path.of("target", "test-classes");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes.resolve("dev/geneva/ray/it"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  @Test
  void refreshIsAJobWithTheManifestsCode() throws Exception {
    connection.close();
    connection =
        Geneva.builder(folder.resolve("db").toString())
            .storageOptions(Map.of("secret_access_key", SECRET))
            .connect();
    UdtfView view = view("copies", 1000, 10, new Copy(30));
    connection.defineCluster("two", cluster());
    connection.defineManifest("functions", Manifest.builder().jar(functions()).build());
    connection.defineManifest("nothing", Manifest.builder().build());

    try (EngineContext context = connection.context("two", "nothing")) {
      assertThat(context.engine().name()).isEqualTo("ray");
      assertThatThrownBy(view::refresh)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(Copy.class.getName())
          .hasMessageContaining("isn't on the class path");
    }
    try (EngineContext context = connection.context("two", "functions")) {
      assertThat(view.plan().workers()).as("two nodes with two CPUs each").isEqualTo(4);
      RefreshReport report = view.refresh();
      assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
      assertThat(report.rowsWritten()).isEqualTo(1000);
    }
    assertThat(items(view)).isEqualTo(expected(view, new Copy(30)));
    assertThat(view.history().get(0).engine()).isEqualTo("ray");
    await().atMost(Duration.ofMinutes(2)).until(() -> nodes.workers().isEmpty());
    assertThat(filesWith(SECRET)).isEmpty();
  }

  /** Those of the cluster: logs, packages, whatever it keeps. */
  private static List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(nodes.folder())) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, text)).toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new UncheckedIOException(e);
      }
      return false;
    }
  }

  @Test
  void cancelledJobStops() throws Exception {
    Path own = Files.createDirectories(folder.resolve("signals"));
    UdtfView view = view("slow", 100_000, 1, new Stage("slow", own.toString()));
    connection.defineCluster(
        "all",
        Cluster.at(nodes.dashboard().toString())
            .classPath(System.getProperty("java.class.path").split(":"))
            .build());
    connection.defineManifest("nothing", Manifest.builder().build());
    try (EngineContext context = connection.context("all", "nothing")) {
      RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
      new Signals(own).await("collected");
      handle.cancel();
      assertThatThrownBy(() -> handle.toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(RefreshCancelledException.class);
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> nodes.workers().isEmpty());
    try (Connection other = Geneva.connect(folder.resolve("db").toString())) {
      assertThat(other.openUdtfView("slow").countRows()).isZero();
    }
  }
}
