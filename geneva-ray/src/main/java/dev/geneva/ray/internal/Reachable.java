package dev.geneva.ray.internal;

import dev.geneva.EngineLostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Finds out whether there is somebody at an address: Ray itself waits for a minute, then aborts.
 */
final class Reachable {

  private static final int TIMEOUT_MILLIS = 5000;

  private Reachable() {}

  static void require(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, colon);
    int port = Integer.parseInt(hostAndPort.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new EngineLostException(
          "No Ray at " + hostAndPort + ": " + e.getMessage() + ". Is it running?", e);
    }
  }
}
