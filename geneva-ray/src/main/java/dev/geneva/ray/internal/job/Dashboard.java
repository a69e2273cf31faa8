package dev.geneva.ray.internal.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geneva.EngineLostException;
import dev.geneva.UnsupportedRuntimeException;
import dev.geneva.internal.json.Json;
import dev.geneva.ray.internal.head.RayCommand;
import dev.geneva.ray.internal.room.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster's dashboard, which takes jobs. Thread-safe. */
final class Dashboard {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(60);

  private final URI address;
  private final Optional<String> token;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /**
   * Connects to nothing yet.
   *
   * @param token what a cluster asks for that wants to know who comes
   */
  Dashboard(URI address, Optional<String> token) {
    this.address = address;
    this.token = token;
  }

  /** How a job is. */
  record Status(String status, String message) {
    boolean isOver() {
      return isStopped() || status.equals("SUCCEEDED") || status.equals("FAILED");
    }

    boolean isStopped() {
      return status.equals("STOPPED");
    }
  }

  /**
   * Finds out whether it is there, lets us in, and has the version that the Java library talks to.
   *
   * @throws EngineLostException if it can't be reached, or the token is rejected
   * @throws UnsupportedRuntimeException if it has another version
   */
  void require() {
    JsonNode answer = json(send("GET", "/api/version", BodyPublishers.noBody(), TIMEOUT));
    String version = answer.path("ray_version").asText("unknown");
    if (!version.equals(RayCommand.VERSION)) {
      throw new UnsupportedRuntimeException(
          "The cluster at %s is Ray %s, and this release works with %s only."
              .formatted(address, version, RayCommand.VERSION));
    }
  }

  /** Uploads a package, which a job can have as its working folder. */
  String upload(String name, byte[] zip) {
    String ignored =
        send("PUT", "/api/packages/gcs/" + name, BodyPublishers.ofByteArray(zip), UPLOAD_TIMEOUT);
    return "gcs://" + name;
  }

  /** Submits a job. */
  void submit(
      String id,
      String entrypoint,
      String workingFolder,
      Map<String, String> environment,
      Map<String, String> metadata) {
    String body =
        Json.write(
            Map.of(
                "entrypoint",
                entrypoint,
                "submission_id",
                id,
                "metadata",
                metadata,
                "runtime_env",
                Map.of("working_dir", workingFolder, "env_vars", environment)));
    String ignored = send("POST", "/api/jobs/", BodyPublishers.ofString(body), UPLOAD_TIMEOUT);
  }

  /** How a job is. */
  Status status(String id) {
    JsonNode answer = json(send("GET", "/api/jobs/" + id, BodyPublishers.noBody(), TIMEOUT));
    return new Status(answer.path("status").asText("unknown"), answer.path("message").asText(""));
  }

  /** What a job has written so far. */
  String logs(String id) {
    return json(send("GET", "/api/jobs/" + id + "/logs", BodyPublishers.noBody(), TIMEOUT))
        .path("logs")
        .asText("");
  }

  /** The nodes that live. */
  Nodes nodes() {
    JsonNode answer =
        json(
            send("GET", "/api/v0/nodes?detail=True&limit=10000", BodyPublishers.noBody(), TIMEOUT));
    List<Nodes.Node> nodes = new ArrayList<>();
    for (JsonNode node : answer.path("data").path("result").path("result")) {
      if (node.path("state").asText().equals("ALIVE")) {
        Map<String, Double> resources = new HashMap<>();
        node.path("resources_total")
            .properties()
            .forEach(entry -> resources.put(entry.getKey(), entry.getValue().asDouble()));
        nodes.add(new Nodes.Node(node.path("node_ip").asText("?"), resources));
      }
    }
    return new Nodes(nodes);
  }

  /** Asks a job to stop; it is killed a few seconds later. */
  void stop(String id) {
    String ignored = send("POST", "/api/jobs/" + id + "/stop", BodyPublishers.noBody(), TIMEOUT);
  }

  private String send(String method, String path, BodyPublisher body, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .method(method, body);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      int code = response.statusCode();
      if (code == 401 || code == 403) {
        throw new EngineLostException(
            "The cluster at %s rejects us (%d): %s. Its token goes into the environment variable RAY_AUTH_TOKEN."
                .formatted(
                    address, code, token.isPresent() ? "the token is wrong" : "it wants a token"));
      }
      if (code / 100 != 2) {
        throw new EngineLostException(
            "The cluster at %s answers %s %s with %d: %s"
                .formatted(address, method, path, code, response.body().strip()));
      }
      return response.body();
    } catch (IOException e) {
      throw new EngineLostException(
          "The cluster at %s can't be reached: %s. Is its dashboard running, and is this its address?"
              .formatted(address, e.getMessage() == null ? e.toString() : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineLostException("Interrupted while waiting for the cluster.", e);
    }
  }

  private JsonNode json(String text) {
    try {
      return Json.read(text, JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw new EngineLostException(
          "What answers at " + address + " isn't a Ray dashboard: it doesn't speak JSON.", e);
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
