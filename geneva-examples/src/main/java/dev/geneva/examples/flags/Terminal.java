package dev.geneva.examples.flags;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What is known of the place where the output goes. */
public final class Terminal {

  private Terminal() {}

  /** Whether there is a terminal that lets a line be overwritten. */
  @SuppressWarnings("SystemConsoleNull") // It is where null means no terminal; see below for later.
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null || System.getenv("TERM") == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From JDK 22 on there may be a console without a terminal, and this method to tell them
      // apart.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * The standard output, for names with all kinds of letters: where the locale says ASCII, which is
   * what containers mostly say, UTF-8 does no harm.
   */
  public static PrintStream out() {
    String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    Charset charset =
        encoding == null || !Charset.isSupported(encoding)
            ? Charset.defaultCharset()
            : Charset.forName(encoding);
    return new PrintStream(
        new FileOutputStream(FileDescriptor.out),
        true,
        charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
  }
}
