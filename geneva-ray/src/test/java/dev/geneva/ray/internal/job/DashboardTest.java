package dev.geneva.ray.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.geneva.EngineLostException;
import dev.geneva.UnsupportedRuntimeException;
import dev.geneva.ray.internal.head.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of clusters that can't be used, as a cluster gives them. */
class DashboardTest {

  private HttpServer server;
  private URI address;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void answer(int code, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Test
  void clusterOfTheRightVersionIsReached() {
    answer(200, "{\"version\": \"4\", \"ray_version\": \"2.39.0\", \"session_name\": \"s\"}");
    new Dashboard(address, Optional.empty()).require();
  }

  @Test
  void tokenIsSent() {
    String[] seen = new String[1];
    server.createContext(
        "/",
        exchange -> {
          seen[0] = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] bytes = "{\"ray_version\": \"2.39.0\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    new Dashboard(address, Optional.of("secret")).require();
    assertThat(seen[0]).isEqualTo("Bearer secret");
  }

  @Test
  void rejectedTokenSaysSo() {
    answer(403, "InvalidAuthToken");
    assertThatThrownBy(() -> new Dashboard(address, Optional.of("wrong")).require())
        .isInstanceOf(EngineLostException.class)
        .hasMessageContaining("rejects us (403): the token is wrong")
        .hasMessageNotContaining("Bearer");
    assertThatThrownBy(() -> new Dashboard(address, Optional.empty()).require())
        .hasMessageContaining("it wants a token")
        .hasMessageContaining("RAY_AUTH_TOKEN");
  }

  @Test
  void otherVersionSaysWhichAndWhichItShouldBe() {
    answer(200, "{\"ray_version\": \"2.60.0\"}");
    assertThatThrownBy(() -> new Dashboard(address, Optional.empty()).require())
        .isInstanceOf(UnsupportedRuntimeException.class)
        .hasMessageContaining("is Ray 2.60.0")
        .hasMessageContaining("works with 2.39.0 only");
  }

  @Test
  void somethingElseIsRecognised() {
    answer(200, "<html>welcome</html>");
    assertThatThrownBy(() -> new Dashboard(address, Optional.empty()).require())
        .isInstanceOf(EngineLostException.class)
        .hasMessageContaining("isn't a Ray dashboard");
  }

  @Test
  void unreachableAddressSaysSoWithinSeconds() {
    URI nobody = URI.create("http://127.0.0.1:" + FreePorts.find(1).get(0));
    long begin = System.nanoTime();
    assertThatThrownBy(() -> new Dashboard(nobody, Optional.empty()).require())
        .isInstanceOf(EngineLostException.class)
        .hasMessageContaining(nobody + " can't be reached");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }
}
