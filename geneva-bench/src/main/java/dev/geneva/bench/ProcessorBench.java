package dev.geneva.bench;

import dev.geneva.udtf.processor.UdtfProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the annotation processor adds to a compilation, the compilation of what it generates
 * included. Arguments: functions (200), runs (5), warm-ups (3; 0 for what a build from the command
 * line sees).
 */
public final class ProcessorBench {

  private static final String SOURCE =
      """
      package bench;

      import dev.geneva.udtf.*;
      import java.util.List;

      @Udtf(output = Stats%1$d.Row.class, inputColumns = {"id", "score"}, memory = "1 GiB")
      public record Stats%1$d(int top, String label, List<String> groups) implements BatchUdtf {
        public record Row(long rowId, String groupName, double meanScore, boolean isTop) {}

        @Override
        public void process(UdtfSource source, BatchCollector out) {
          out.collectRecords(List.of(new Row(top, label, 0.5, groups.isEmpty())));
        }
      }
      """;

  private ProcessorBench() {}

  /** Prints both times and their difference. */
  public static void main(String[] arguments) throws IOException {
    int functions = argument(arguments, 0, 200);
    int runs = argument(arguments, 1, 5);
    int warmUps = argument(arguments, 2, 3);
    try (Scratch scratch = new Scratch()) {
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < functions; i++) {
        files.add(
            Files.writeString(scratch.path().resolve("Stats" + i + ".java"), SOURCE.formatted(i)));
      }
      List<Time> plain = new ArrayList<>();
      List<Time> processed = new ArrayList<>();
      for (int run = -warmUps; run < runs; run++) {
        Time without = compile(scratch.path(), files, List.of());
        Time with = compile(scratch.path(), files, List.of(new UdtfProcessor()));
        if (run >= 0) {
          plain.add(without);
          processed.add(with);
        }
      }
      print(functions + " functions, elapsed", plain, processed, Time::elapsed);
      print(functions + " functions, CPU of javac's thread", plain, processed, Time::cpu);
    }
  }

  /**
   * How long a compilation took, in ms.
   *
   * @param elapsed by the clock, which also counts what else the machine does
   * @param cpu of the thread that compiles
   */
  private record Time(double elapsed, double cpu) {}

  private static void print(
      String what, List<Time> plain, List<Time> processed, Function<Time, Double> measure) {
    Spread without = Spread.of(plain.stream().map(measure).toList());
    Spread with = Spread.of(processed.stream().map(measure).toList());
    System.out.printf(
        "%s: -proc:none %s ms, with the processor %s ms: %.0f ms more (min), %.0f (median)%n",
        what, without, with, with.min() - without.min(), with.median() - without.median());
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static Time compile(Path folder, List<Path> files, List<Processor> processors)
      throws IOException {
    Path output = folder.resolve("output");
    Scratch.delete(output);
    Files.createDirectories(output);
    List<String> options = new ArrayList<>(List.of("-d", output.toString(), "--release", "17"));
    options.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    if (processors.isEmpty()) {
      options.add("-proc:none");
    }
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> sources = manager.getJavaFileObjectsFromPaths(files);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long begin = System.nanoTime();
      long cpuBegin = threads.getCurrentThreadCpuTime();
      JavaCompiler.CompilationTask task =
          compiler.getTask(said, manager, null, options, null, sources);
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      boolean compiled = task.call();
      Time time =
          new Time(
              (System.nanoTime() - begin) / 1e6,
              (threads.getCurrentThreadCpuTime() - cpuBegin) / 1e6);
      if (!compiled) {
        throw new IllegalStateException(said.toString());
      }
      return time;
    }
  }
}
