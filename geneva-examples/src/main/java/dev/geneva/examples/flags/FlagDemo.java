package dev.geneva.examples.flags;

import dev.geneva.GenevaException;
import dev.geneva.examples.flags.DemoOptions.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The demo: <em>which of the world's flags are near-duplicates?</em> It needs no network, no screen
 * and no server. {@code --help} explains its options.
 *
 * <p>The JVM must be started with {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, which Arrow
 * needs.
 */
public final class FlagDemo {

  private FlagDemo() {}

  /** Runs the demo and ends the JVM: with 0, with 1 if it failed, with 2 if an option is wrong. */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    int exitCode;
    try (PrintStream out = Terminal.out()) {
      exitCode = run(Arrays.asList(arguments), FlagCatalog::load, out, Terminal.isInteractive());
    }
    System.exit(exitCode);
  }

  /**
   * Runs the demo.
   *
   * @param flags called if the flags are wanted
   * @param out takes everything, errors too
   * @param terminal whether a line of the output can be overwritten
   * @return the exit code
   */
  static int run(List<String> arguments, FlagSource flags, PrintStream out, boolean terminal) {
    try {
      DemoOptions options = DemoOptions.parse(arguments);
      if (options.help()) {
        out.print(DemoOptions.USAGE);
      } else {
        new DemoRun(options, flags, out, terminal).run();
      }
      return 0;
    } catch (UsageException e) {
      out.println("error: " + e.getMessage());
      out.println("       --help explains the options");
      return 2;
    } catch (GenevaException | IOException | UncheckedIOException e) {
      out.println("error: " + e.getMessage());
      return 1;
    }
  }

  /** Where the flags come from. */
  @FunctionalInterface
  interface FlagSource {

    /** Lists them. */
    List<Flag> load() throws IOException;
  }
}
