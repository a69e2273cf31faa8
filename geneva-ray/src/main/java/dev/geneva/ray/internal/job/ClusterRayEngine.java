package dev.geneva.ray.internal.job;

import dev.geneva.Cluster;
import dev.geneva.Manifest;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.remote.DistributedEngine.Room;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.internal.remote.RefreshOrder;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.internal.jvm.JvmFlags;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.PlainOptions;
import dev.geneva.ray.internal.wire.RefreshWait;
import dev.geneva.ray.internal.wire.Request;
import dev.geneva.udtf.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An engine on an existing cluster: each refresh is a job, whose driver runs on one of its nodes.
 */
public final class ClusterRayEngine implements RayEngine, RefreshEngine {

  /** In the job's working folder; the driver deletes it as soon as it has read it. */
  public static final String ORDER = "geneva-order.json";

  private static final String MAIN = "dev.geneva.ray.internal.driver.JobMain";

  private final Cluster cluster;
  private final Manifest manifest;
  private final Dashboard dashboard;

  private ClusterRayEngine(Cluster cluster, Manifest manifest) {
    this.cluster = cluster;
    this.manifest = manifest;
    this.dashboard =
        new Dashboard(cluster.dashboard(), Optional.ofNullable(System.getenv("RAY_AUTH_TOKEN")));
  }

  /**
   * Reaches a cluster.
   *
   * @throws dev.geneva.EngineLostException if that isn't possible
   * @throws dev.geneva.UnsupportedRuntimeException if it has another version of Ray
   */
  public static ClusterRayEngine reach(Cluster cluster, Manifest manifest) {
    ClusterRayEngine engine = new ClusterRayEngine(cluster, manifest);
    engine.dashboard.require();
    return engine;
  }

  @Override
  public String name() {
    return "ray";
  }

  @Override
  public RefreshReport refresh(
      RefreshOrder order, Consumer<RefreshProgress> progress, Cancellation cancellation) {
    String id = "geneva-" + UUID.randomUUID();
    // Not in the environment, which Ray writes to its logs: the order may hold secrets.
    String folder = dashboard.upload(id + ".zip", zip(order(order)));
    dashboard.submit(
        id,
        entrypoint(),
        folder,
        manifest.environment(),
        Map.of("geneva.view", order.view(), "geneva.database", order.database().uri()));
    JobEvents events = new JobEvents(dashboard, id);
    return new RefreshWait(progress, cancellation, events::stop).await(events);
  }

  @Override
  public Room room(String udtf, Resources resources) {
    return dashboard.nodes().room(udtf, resources);
  }

  private List<Request> order(RefreshOrder order) {
    return List.of(
        new Request.Start(
            cluster.address().orElse(null),
            cluster.classPath(),
            manifest.jvmOptions(),
            manifest.environment()),
        new Request.Refresh(
            1,
            PlainDatabase.of(order.database()),
            order.view(),
            PlainOptions.of(order.options()),
            manifest.jars().stream().map(jar -> jar.digest().orElseThrow()).toList()));
  }

  private static byte[] zip(List<Request> order) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(ORDER));
      for (Request request : order) {
        zip.write((Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The shell tidies up after a driver that is killed; told to stop, it waits for it. */
  private String entrypoint() {
    List<String> java = new ArrayList<>(List.of(quoted(cluster.java())));
    java.addAll(JvmFlags.ofAnyJava());
    java.add("-Djava.io.tmpdir=\"$folder\"");
    java.add("-cp");
    // An entry may be a jar, a folder of jars, or a folder of classes.
    java.add(
        quoted(
            String.join(
                ":",
                cluster.classPath().stream()
                    .flatMap(
                        entry ->
                            entry.endsWith(".jar")
                                ? Stream.of(entry)
                                : Stream.of(entry, entry + "/*"))
                    .toList())));
    java.add(MAIN);
    return "folder=$(mktemp -d /tmp/geneva-driver-XXXXXXXX) || exit 1; trap : TERM; "
        + String.join(" ", java)
        + "; code=$?; rm -rf \"$folder\"; exit $code";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The cluster stays, and so do the jobs that were submitted. */
  @Override
  public void close() {
    // Nothing is held open.
  }
}
