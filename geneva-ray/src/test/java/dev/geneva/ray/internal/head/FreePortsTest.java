package dev.geneva.ray.internal.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void portsDifferAndAreNoneThatTheSystemGivesToOutgoingConnections() {
    assertThat(FreePorts.find(100))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allSatisfy(port -> assertThat(port).isBetween(1024, 32_767));
  }

  @Test
  void portWithAListenerIsNotFree() throws IOException {
    int port = FreePorts.find(1).get(0);
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      int taken = socket.getLocalPort();
      assertThatThrownBy(() -> FreePorts.find(1, taken, taken))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("There aren't 1 free ports from %d to %d.", taken, taken);
    }
  }
}
