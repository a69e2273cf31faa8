package dev.geneva.examples.flags;

import dev.geneva.RefreshListener;
import dev.geneva.RefreshProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far something is: on a terminal as a bar that grows in place, elsewhere as a line now
 * and then. Thread-safe.
 */
final class ProgressBar implements RefreshListener {

  private static final int CELLS = 30;
  private static final long TERMINAL_NANOS = Duration.ofMillis(50).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";
  private long lastNanos;

  /**
   * A bar.
   *
   * @param terminal whether a line can be overwritten
   */
  ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    startAnew();
  }

  @Override
  public void onProgress(RefreshProgress progress) {
    String stage = progress.stage().name().toLowerCase(Locale.ROOT);
    switch (progress.stage()) {
      case RUN ->
          show(
              stage,
              progress.rowsRead(),
              progress.rowsTotal(),
              "%s rows read, %s written"
                  .formatted(
                      Words.count(progress.rowsRead()), Words.count(progress.rowsWritten())));
      case COMMIT -> show(stage, 1, 1, Words.count(progress.rowsWritten()) + " rows");
      default -> {
        // Done in a moment: not worth a line of its own.
        if (terminal) {
          show(stage, 0, 1, "");
        }
      }
    }
  }

  /**
   * Shows how far something is.
   *
   * @param what a short word
   * @param done how much of it is done
   * @param total how much there is, 0 if that isn't known
   * @param detail more about it
   */
  synchronized void show(String what, long done, long total, String detail) {
    long now = System.nanoTime();
    if (done < total && now - lastNanos < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    // A function may read its rows more than once.
    double share = total == 0 ? 0 : Math.min(1, (double) done / total);
    String line =
        terminal
            ? "  %-8s %s %3.0f %%  %s".formatted(what, bar(share), 100 * share, detail)
            : "  %-8s %3.0f %%  %s".formatted(what, 100 * share, detail);
    if (line.equals(shown)) {
      return;
    }
    lastNanos = now;
    if (terminal) {
      out.print('\r' + line + " ".repeat(Math.max(0, shown.length() - line.length())));
      out.flush();
    } else {
      out.println(line.stripTrailing());
    }
    shown = line;
  }

  /** Ends the line, so that something else can be printed. */
  synchronized void end() {
    if (terminal && !shown.isEmpty()) {
      out.println();
    }
    startAnew();
  }

  /** Takes the bar away for a line of another kind. */
  synchronized void interrupt(String line) {
    if (terminal && !shown.isEmpty()) {
      out.print('\r' + " ".repeat(shown.length()) + '\r');
      shown = "";
    }
    out.println(line);
  }

  private void startAnew() {
    shown = "";
    // A terminal shows the bar at once; elsewhere what is soon done needs one line only.
    lastNanos = System.nanoTime() - (terminal ? TERMINAL_NANOS : 0);
  }

  private static String bar(double share) {
    int full = (int) Math.round(CELLS * share);
    return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "]";
  }
}
