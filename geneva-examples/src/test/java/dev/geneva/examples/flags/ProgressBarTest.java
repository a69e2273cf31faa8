package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshProgress;
import dev.geneva.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aTerminalShowsABarThatGrowsInPlace() {
    ProgressBar bar = new ProgressBar(out, true);

    bar.show("draw", 1, 4, "first");
    bar.show("draw", 4, 4, "all");
    bar.end();

    assertThat(output())
        .isEqualTo(
            "\r  draw     [########......................]  25 %  first"
                + "\r  draw     [##############################] 100 %  all  "
                + System.lineSeparator());
  }

  @Test
  void elsewhereWhatIsSoonDoneIsOneLine() {
    ProgressBar bar = new ProgressBar(out, false);

    bar.show("draw", 1, 4, "first");
    bar.show("draw", 2, 4, "second");
    bar.show("draw", 4, 4, "all");
    bar.end();

    assertThat(output().lines()).containsExactly("  draw     100 %  all");
  }

  @Test
  void aRefreshIsShownByItsRows() {
    ProgressBar bar = new ProgressBar(out, false);

    bar.onProgress(progress(Stage.INSPECT, 0, 0));
    bar.onProgress(progress(Stage.RUN, 2_000, 0));
    bar.onProgress(progress(Stage.COMMIT, 2_000, 2_000));

    assertThat(output().lines())
        .containsExactly(
            "  run      100 %  2,000 rows read, 0 written", "  commit   100 %  2,000 rows");
  }

  @Test
  void aLineOfAnotherKindTakesTheBarAway() {
    ProgressBar bar = new ProgressBar(out, true);

    bar.show("read", 0, 9, "");
    bar.interrupt("skipped");

    assertThat(output()).endsWith("\rskipped" + System.lineSeparator());
  }

  private static RefreshProgress progress(Stage stage, long read, long written) {
    return new RefreshProgress(stage, 1, 0, 2_000, read, written, 0, 1, 0, 1, Duration.ZERO);
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
