package dev.geneva.ray.internal.head;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of a log, for error messages. Thread-safe. */
public final class LogTail {

  private static final int LINES = 40;

  private final Deque<String> lines = new ArrayDeque<>();

  /** A log of which nothing is known yet. */
  public LogTail() {}

  /** Adds a line. */
  public synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** For the end of a message; empty if there is nothing. */
  public synchronized String text() {
    return lines.isEmpty() ? "" : " The last lines of its log:\n  " + String.join("\n  ", lines);
  }

  /** Whether one of the lines contains a text. */
  synchronized boolean contains(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }
}
