package dev.geneva.bench.opponent;

import dev.geneva.bench.Scratch;
import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The opponents in Python: pylance, DuckDB, and the original, each as it comes from the package
 * index. They are installed into a folder of the build; what can't be installed is missing from the
 * results, which say so. To be closed.
 */
public final class Opponents implements AutoCloseable {

  private final Path scripts;
  private final Path folder;
  private final @Nullable String missing;
  private @Nullable PythonProcess libraries;
  private @Nullable PythonProcess original;
  private @Nullable Path temporary;

  private Opponents(Path scripts, Path folder, @Nullable String missing) {
    this.scripts = scripts;
    this.folder = folder;
    this.missing = missing;
  }

  /**
   * Installs them, unless they are.
   *
   * @param scripts the folder of the programs in Python
   * @param folder where they are or will be installed
   * @param wanted false for none of them
   */
  public static Opponents install(Path scripts, Path folder, boolean wanted)
      throws IOException, InterruptedException {
    if (!wanted) {
      return new Opponents(scripts, folder, "left out on request");
    }
    Path log = folder.resolveSibling("opponents-install.log");
    Process install =
        new ProcessBuilder("sh", scripts.resolve("install.sh").toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (install.waitFor() == 0) {
      return new Opponents(scripts, folder, null);
    }
    System.err.println("The opponents could not be installed: see " + log);
    return new Opponents(scripts, folder, "left out: could not be installed");
  }

  /** Their versions, as they are asked for. */
  public Map<String, String> versions() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    if (missing == null) {
      for (String line : Files.readAllLines(scripts.resolve("requirements.txt"))) {
        String[] pinned = line.split("==", -1);
        if (pinned.length == 2) {
          versions.put(pinned[0], pinned[1]);
        }
      }
    }
    return versions;
  }

  /** pylance: a scan piped into a write. Returns seconds. */
  public double stream(Workload workload, Path source, Path target) throws UnavailableException {
    return libraries()
        .ask(
            "stream",
            Map.of(
                "workload", workload.name(),
                "source", source.toString(),
                "target", target.toString()))
        .get("seconds")
        .asDouble();
  }

  /** DuckDB: count and sum by key, written by pylance. Returns seconds. */
  public double group(Path source, Path target) throws UnavailableException {
    return libraries()
        .ask("group", Map.of("source", source.toString(), "target", target.toString()))
        .get("seconds")
        .asDouble();
  }

  /**
   * Makes the original's view {@code view} of the table {@code source} anew.
   *
   * @param database a folder of its own, since it stores much beside its tables
   * @param function its name in {@code original.py}
   * @param width floats of a vector, for the functions that need it
   */
  public void createView(Path database, String function, int width) throws UnavailableException {
    original()
        .ask(
            "create",
            Map.of("database", database.toString(), "function", function, "width", width));
  }

  /** Refreshes the original's view. Returns seconds. */
  public double refresh(Path database) throws UnavailableException {
    return original()
        .ask("refresh", Map.of("database", database.toString()))
        .get("seconds")
        .asDouble();
  }

  /** A new Python that opens a dataset by pylance. Returns seconds. */
  public double openInNewProcess(Path dataset) throws UnavailableException {
    return newProcess("import lance; print(lance.dataset('" + dataset + "').count_rows())");
  }

  /** A new Python that opens the table {@code source} by the original. Returns seconds. */
  public double openOriginalInNewProcess(Path database) throws UnavailableException {
    return newProcess(
        "import geneva; print(geneva.connect('"
            + database
            + "').open_table('source').count_rows())");
  }

  private double newProcess(String program) throws UnavailableException {
    if (missing != null) {
      throw new UnavailableException(missing);
    }
    try {
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(folder.resolve("bin/python").toString(), "-c", program)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(folder.resolveSibling("opponents.log").toFile()))
              .start();
      String line = process.inputReader().readLine();
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (process.waitFor() != 0 || line == null) {
        throw new UnavailableException("a new Python process failed");
      }
      return seconds;
    } catch (IOException e) {
      throw new UnavailableException("Python could not be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted");
    }
  }

  private PythonProcess libraries() throws UnavailableException {
    if (libraries == null) {
      libraries = start("opponents");
    }
    return libraries;
  }

  private PythonProcess original() throws UnavailableException {
    if (original == null) {
      original = start("original");
    }
    return original;
  }

  private PythonProcess start(String program) throws UnavailableException {
    if (missing != null) {
      throw new UnavailableException(missing);
    }
    try {
      return new PythonProcess(
          program,
          folder.resolve("bin/python"),
          scripts.resolve(program + ".py"),
          folder.resolveSibling(program + ".log"),
          temporary());
    } catch (IOException e) {
      throw new UnavailableException(program + " could not be started: " + e.getMessage());
    }
  }

  /**
   * Ray has sockets among its temporary files, whose whole path must not have more than 107
   * characters: so these lie where the system has such files, and not in the build's folder.
   */
  private Path temporary() throws IOException {
    if (temporary == null) {
      Path system = Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
      temporary = Files.createTempDirectory(system, "bench");
    }
    return temporary;
  }

  /** Ends their processes, and deletes what they have left. */
  @Override
  public void close() throws IOException {
    if (libraries != null) {
      libraries.close();
    }
    if (original != null) {
      original.close();
    }
    if (temporary != null) {
      Scratch.delete(temporary);
    }
  }
}
