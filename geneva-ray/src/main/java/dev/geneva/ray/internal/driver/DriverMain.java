package dev.geneva.ray.internal.driver;

import dev.geneva.internal.json.Json;
import dev.geneva.ray.internal.folder.Folders;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.Request;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The driver of a Ray on this host: a child of the application. It reads requests from standard
 * input, a line each, and ends when that does; events go to standard output.
 */
public final class DriverMain {

  /** How the folder begins that a driver is given for its temporary files. */
  private static final String FOLDER = "geneva-driver-";

  private DriverMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    EventWriter events = EventWriter.standardOutput();
    BufferedReader requests =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
    String first = requests.readLine();
    if (first == null) {
      return;
    }
    int code = 0;
    boolean lost = false;
    try (RaySession session = RaySession.open((Request.Start) Json.read(first, Request.class));
        Driver driver = new Driver(session, events::write)) {
      events.write(new Event.Ready(ProcessHandle.current().pid()));
      serve(requests, driver);
      lost = session.isLost();
    } catch (RuntimeException | Error e) {
      events.write(new Event.Broken(PlainError.of(e)));
      code = 1;
    }
    deleteOwnFolder();
    if (lost) {
      Runtime.getRuntime().halt(code); // Ray's own hooks would wait for the node that is dead
    }
    // Libraries may have left threads behind.
    System.exit(code);
  }

  /** Whoever started this process does so, too, but may be dead. */
  static void deleteOwnFolder() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    if (folder.getFileName().toString().startsWith(FOLDER)) {
      Folders.delete(folder);
    }
  }

  private static void serve(BufferedReader requests, Driver driver) throws IOException {
    @Nullable String line;
    while ((line = requests.readLine()) != null) {
      Request request = Json.read(line, Request.class);
      if (request instanceof Request.Refresh refresh) {
        driver.refresh(refresh);
      } else if (request instanceof Request.Cancel cancel) {
        driver.cancel(cancel.id());
      } else if (request instanceof Request.Look look) {
        driver.look(look.id());
      }
    }
  }
}
