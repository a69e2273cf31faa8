package dev.geneva.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.bench.suite.FakeLine;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

  @TempDir Path folder;

  private Page page;
  private Results results;

  @BeforeEach
  void readNothing() throws Exception {
    page = new Page(folder);
    results = Results.read(page.results());
  }

  private String write(Line line) throws Exception {
    page.write(List.of(line), results);
    return Files.readString(folder.resolve("performance.md"));
  }

  @Test
  void whatIsWrittenByHandStays() throws Exception {
    FakeLine line = FakeLine.ranges();
    results.put(line.result(10, 20));
    String first = write(line);
    Files.writeString(
        folder.resolve("performance.md"),
        first.replace("## A fake", "By hand.\n\n## A fake") + "\nBelow, too.\n");
    results.put(line.result(30, 60));
    assertThat(write(line))
        .contains("By hand.\n\n## A fake", "Below, too.", "| 30 | 30 | 30 |", "2 ×, met")
        .doesNotContain("| 10 | 10 | 10 |")
        .containsOnlyOnce("<!-- measured: fake -->");
  }

  @Test
  void pageIsTheSameFromTheRawResults() throws Exception {
    FakeLine line = FakeLine.ranges();
    results.put(line.result(10, 20));
    String measured = write(line);
    results.write(page.results());
    results = Results.read(page.results());
    assertThat(write(line)).isEqualTo(measured);
    assertThat(results.of(line)).isEqualTo(Optional.of(line.result(10, 20)));
  }

  @Test
  void targetThatIsMissedSaysSo() throws Exception {
    FakeLine line = FakeLine.ranges();
    results.put(line.result(10, 11));
    assertThat(write(line)).contains("≥ 1.5 × the other's: 1.1 ×, **not met**");
  }

  @Test
  void targetWithoutItsFiguresIsNotMeasured() throws Exception {
    assertThat(write(FakeLine.ranges())).contains("≥ 1.5 × the other's | not measured | |");
  }

  @Test
  void plotsAreXml() throws Exception {
    for (FakeLine line : List.of(FakeLine.ranges(), FakeLine.curves())) {
      results.put(line.result(10, 20));
      write(line);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(folder.resolve("performance/fake.svg").toFile())
                  .getElementsByTagName("text")
                  .getLength())
          .isGreaterThan(5);
    }
  }
}
