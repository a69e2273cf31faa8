package dev.geneva.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone afterwards. */
public final class Scratch implements AutoCloseable {

  private final Path path;

  /** Makes it among the temporary files. */
  public Scratch() throws IOException {
    path = Files.createTempDirectory("geneva-bench");
  }

  /** Makes it where no checked exception may be thrown. */
  public static Scratch unchecked() {
    try {
      return new Scratch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }
}
