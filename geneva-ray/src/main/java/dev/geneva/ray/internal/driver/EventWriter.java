package dev.geneva.ray.internal.driver;

import dev.geneva.ray.internal.wire.Event;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where events go. Thread-safe. */
final class EventWriter {

  private final PrintStream out;

  private EventWriter(PrintStream out) {
    this.out = out;
  }

  /** Takes standard output away from everybody else: they get the error stream. */
  static EventWriter standardOutput() {
    PrintStream own =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    return new EventWriter(own);
  }

  synchronized void write(Event event) {
    out.print(Event.line(event) + "\n");
    out.flush();
  }
}
