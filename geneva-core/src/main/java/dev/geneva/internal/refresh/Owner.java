package dev.geneva.internal.refresh;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who this process is, for people. */
final class Owner {

  private Owner() {}

  static String description() {
    return "process "
        + ProcessHandle.current().pid()
        + " on "
        + host()
        + " ("
        + System.getProperty("user.name", "?")
        + ")";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }
}
