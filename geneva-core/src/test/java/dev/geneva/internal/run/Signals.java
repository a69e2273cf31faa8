package dev.geneva.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What tests and the functions that they run tell each other, in whichever process: files. */
public record Signals(Path folder) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LOOK_MILLIS = 5;

  /** Something has happened, once more. */
  public Path raise(String name) {
    try {
      return Files.createFile(folder.resolve(name + "-" + UUID.randomUUID()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is no longer so. */
  public void lower(Path raised) {
    try {
      Files.delete(raised);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it has happened. */
  public int count(String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return (int)
          files.filter(file -> file.getFileName().toString().startsWith(name + "-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has happened. */
  public void await(String name) throws InterruptedException {
    await(name, () -> count(name) > 0);
  }

  /** Waits for something. */
  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Waited in vain for: " + what);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
