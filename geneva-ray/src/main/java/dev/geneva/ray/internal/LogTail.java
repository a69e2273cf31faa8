package dev.geneva.ray.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of a log, for error messages. Thread-safe. */
final class LogTail {

  private static final int LINES = 20;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** For the end of a message; empty if there is nothing. */
  synchronized String text() {
    return lines.isEmpty() ? "" : " The last lines of its log:\n  " + String.join("\n  ", lines);
  }
}
