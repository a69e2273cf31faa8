package dev.geneva.internal.connect;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Arrow's {@code Schema} prepares its JSON form when the class is initialised, for which five
 * hundred classes are loaded. In a process that has just started, another thread does it while this
 * one loads the native library and opens the table, a tenth of the time until it is open; whoever
 * needs the class before waits for it, as always. Nothing that it initialises needs a class that
 * needs {@code Schema}, so nobody waits for ever.
 */
final class FirstSchema {

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private FirstSchema() {}

  /** Begins, once in a process. */
  static void begin() {
    if (BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> new Schema(List.of()), "geneva-first-schema");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
