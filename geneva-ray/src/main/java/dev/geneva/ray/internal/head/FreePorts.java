package dev.geneva.ray.internal.head;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports at which nobody listens at this moment. */
public final class FreePorts {

  /**
   * The system takes the near ends of outgoing connections from higher ports (from 32768 on under
   * Linux, from 49152 on elsewhere), hence not from these: the first processes of a Ray connect to
   * each other before its last ones listen, and a Ray that can't listen at one of its ports doesn't
   * start.
   */
  static final int FIRST = 20_000;

  static final int LAST = 29_999;

  private FreePorts() {}

  /**
   * Finds ports, at random, so that who looks at the same time finds others.
   *
   * @throws IllegalStateException if there aren't so many
   */
  public static List<Integer> find(int count) {
    return find(count, FIRST, LAST);
  }

  static List<Integer> find(int count, int first, int last) {
    int size = last - first + 1;
    int start = ThreadLocalRandom.current().nextInt(size);
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < size && ports.size() < count; i++) {
      int port = first + (start + i) % size;
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException(
          "There aren't " + count + " free ports from " + first + " to " + last + ".");
    }
    return ports;
  }

  private static boolean isFree(int port) {
    // At all addresses: some of Ray's processes listen at all of them.
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
