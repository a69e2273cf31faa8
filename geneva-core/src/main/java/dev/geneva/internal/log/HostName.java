package dev.geneva.internal.log;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which host this is. */
public final class HostName {

  /** The name, for people. */
  public static final String NAME = name();

  /**
   * Tells this host from every other: its name and, where there is one, the id that its system was
   * given when it was installed, as two hosts may share a name.
   */
  static final String DOMAIN = NAME + machine();

  private HostName() {}

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }

  private static String machine() {
    try {
      return " " + Files.readString(Path.of("/etc/machine-id")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
