package dev.geneva.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces files to disk, so that they outlive a loss of power. */
public final class Durable {

  private Durable() {}

  /** Forces a file's content to disk, or the names in a folder. */
  public static void force(Path path) throws IOException {
    StandardOpenOption mode =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    Uninterrupted.call(
        () -> {
          try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
            return path;
          }
        });
  }
}
