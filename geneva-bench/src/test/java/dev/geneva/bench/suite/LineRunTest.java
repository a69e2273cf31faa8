package dev.geneva.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.bench.opponent.Opponents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineRunTest {

  private final List<String> runs = new ArrayList<>();

  private static LineResult measure(Side... sides) throws Exception {
    Path nowhere = Path.of("nowhere");
    try (Opponents none = Opponents.install(nowhere, nowhere, false)) {
      return new LineRun(FakeLine.of(sides), new Setting(Suite.GROWTH, none, nowhere))
          .measure(new Conditions("", "", 0, "", Map.of()));
    }
  }

  private Side side(String name, String outcome) {
    return new Side(
        name,
        () -> {
          runs.add(name);
          return new Sample(runs.size(), outcome);
        });
  }

  @Test
  void sidesTakeTurnsInOppositeOrders() throws Exception {
    LineResult result = measure(side("a", "same"), side("b", "same"));
    assertThat(runs).startsWith("b", "a", "a", "b", "b", "a", "a", "b");
    assertThat(result.failure()).isNull();
    assertThat(result.cases())
        .allSatisfy(
            one ->
                assertThat(one.sides())
                    .allSatisfy(side -> assertThat(side.values()).hasSize(Suite.GROWTH.runs())));
  }

  @Test
  void sidesThatMakeSomethingElseFail() throws Exception {
    assertThat(measure(side("a", "5 rows"), side("b", "4 rows")).failure())
        .contains("small", "The sides differ", "4 rows", "5 rows");
  }

  @Test
  void sideThatIsUnavailableIsLeftOutWithANote() throws Exception {
    Side missing =
        new Side(
            "b",
            () -> {
              throw new UnavailableException("not here");
            });
    LineResult result = measure(side("a", "same"), missing);
    assertThat(result.failure()).isNull();
    assertThat(result.cases())
        .allSatisfy(
            one ->
                assertThat(one.sides().get(1))
                    .isEqualTo(new SideResult("b", List.of(), "left out: not here")));
    assertThat(result.median(new Figure("large & more", "a"))).isPresent();
  }
}
