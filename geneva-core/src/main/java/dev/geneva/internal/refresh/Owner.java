package dev.geneva.internal.refresh;

import dev.geneva.internal.log.HostName;

/** Who this process is, for people. */
final class Owner {

  private Owner() {}

  static String description() {
    return "process "
        + ProcessHandle.current().pid()
        + " on "
        + HostName.NAME
        + " ("
        + System.getProperty("user.name", "?")
        + ")";
  }
}
