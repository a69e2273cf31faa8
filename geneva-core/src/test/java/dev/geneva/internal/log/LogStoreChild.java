package dev.geneva.internal.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.geneva.internal.store.LocalFileStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** What another process does to a store. */
final class LogStoreChild {

  private LogStoreChild() {}

  /**
   * Runs.
   *
   * @param arguments the folder; then {@code race} and a number of names, or {@code hold}
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    LogStore store =
        new FileLogStore(
            new LocalFileStore(folder.getParent(), true), folder.getFileName().toString());
    PrintStream out = System.out;
    if (arguments[1].equals("hold")) {
      Optional<?> held = store.tryOwn();
      out.println(held.isPresent() ? "held" : "taken");
      if (held.isPresent()) {
        System.in.read(); // until we are killed
      }
      return;
    }
    out.println("ready");
    System.in.read();
    int won = 0;
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      if (store.putIfAbsent("record-" + i, "child".getBytes(US_ASCII))) {
        won++;
      }
    }
    out.println(won);
  }
}
