package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * How long it takes from the start of a process until its first table is open and counted, and
 * until the process has ended. Each start is a JVM of its own: on a host that has never started one
 * (nothing of the native library is in its cache), from the second start on, with class data
 * sharing too, and without the cache; against a JVM that does nothing. Argument: runs (7).
 */
public final class StartBench {

  private static final String OPEN = "open";

  private StartBench() {}

  /** What is started: opens a table. */
  static final class OpenTable {
    private OpenTable() {}

    /** Opens the table {@code t} of the database that the argument names. */
    public static void main(String[] arguments) {
      try (Connection connection = Geneva.connect(arguments[0])) {
        if (connection.openTable("t").countRows() != 1000) {
          throw new IllegalStateException("Another table");
        }
        System.out.println(OPEN);
      }
    }
  }

  /** What is started: nothing else. */
  static final class Nothing {
    private Nothing() {}

    /** Says that it is there. */
    public static void main(String[] arguments) {
      System.out.println(OPEN);
    }
  }

  /** Prints a line for each kind of start. */
  public static void main(String[] arguments) throws Exception {
    int runs = StreamedTransformBench.argument(arguments, 0, 7);
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator()) {
      String database = scratch.path().resolve("db").toString();
      try (Connection connection = Geneva.connect(database)) {
        connection.createTable("t", Workload.NARROW.rows(1000, allocator));
      }
      Path archive = scratch.path().resolve("classes.jsa");
      Path kept = scratch.path().resolve("kept");
      String classPath = jars(scratch.path());
      Starter starter = new Starter(classPath, database);
      starter.start(kept, OpenTable.class, "-XX:ArchiveClassesAtExit=" + archive);
      List<Kind> kinds =
          List.of(
              new Kind("a JVM that does nothing"),
              new Kind("without a cache"),
              new Kind("first start"),
              new Kind("later starts"),
              new Kind("later, with class data sharing"));
      for (int run = 0; run < runs; run++) {
        Path fresh = scratch.path().resolve("fresh");
        kinds.get(0).add(starter.start(kept, Nothing.class));
        kinds.get(1).add(starter.start(Path.of("off"), OpenTable.class));
        kinds.get(2).add(starter.start(fresh, OpenTable.class));
        kinds.get(3).add(starter.start(kept, OpenTable.class));
        kinds.get(4).add(starter.start(kept, OpenTable.class, "-XX:SharedArchiveFile=" + archive));
        Scratch.delete(fresh);
      }
      kinds.forEach(Kind::print);
    }
  }

  /** One kind of start. */
  private record Kind(String name, List<Double> open, List<Double> ended) {
    Kind(String name) {
      this(name, new ArrayList<>(), new ArrayList<>());
    }

    void add(double[] millis) {
      open.add(millis[0]);
      ended.add(millis[1]);
    }

    void print() {
      System.out.printf("%-31s open %s ms  ended %s ms%n", name, Spread.of(open), Spread.of(ended));
    }
  }

  /**
   * The class path, its folders packed: class data sharing takes jars only, as a deployment has.
   */
  private static String jars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!entry.isEmpty() && Files.isDirectory(path)) {
        path = pack(path, folder.resolve("classes-" + jars.size() + ".jar"));
      }
      jars.add(path.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** Starts JVMs. */
  private record Starter(String classPath, String database) {
    /**
     * Starts one.
     *
     * @param cache of native libraries
     * @return milliseconds until it says that the table is open, and until it has ended
     */
    double[] start(Path cache, Class<?> main, String... flags)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
      command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
      command.addAll(List.of(flags));
      command.addAll(List.of("-cp", classPath, main.getName(), database));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("GENEVA_NATIVE_CACHE", cache.toString());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      long begin = System.nanoTime();
      Process process = builder.start();
      double open = Double.NaN;
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.equals(OPEN)) {
            open = (System.nanoTime() - begin) / 1e6;
          }
        }
      }
      int exit = process.waitFor();
      double ended = (System.nanoTime() - begin) / 1e6;
      if (exit != 0 || Double.isNaN(open)) {
        throw new IllegalStateException("A child ended with " + exit + ": " + command);
      }
      return new double[] {open, ended};
    }
  }
}
