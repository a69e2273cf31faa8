package dev.geneva.examples.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.Table;
import dev.geneva.examples.aggregation.GroupStats.Group;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchUdtf;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupStatsTest extends DatabaseTest {

  @ArrowRecord
  record Row(@Nullable String label, @Nullable String shop, @Nullable Double score) {}

  static Stream<Named<BatchUdtf>> forms() {
    return Stream.of(
        Named.of("record", new GroupStats("label")),
        Named.of("static method", StatisticsUdtfs.groupStats()));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void countsRowsWithoutScoreAndLeavesThemOutOfTheMean(BatchUdtf udtf) {
    Table source =
        source(
            Row.class,
            List.of(
                new Row("b", null, 1.0),
                new Row("a", null, null),
                new Row("b", null, null),
                new Row("b", null, Double.NaN),
                new Row("b", null, 4.0)));

    assertThat(compute(source, udtf, Group.class))
        .containsExactly(new Group("a", 1, null), new Group("b", 4, 2.5));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void rowsWithoutLabelBelongToNoGroup(BatchUdtf udtf) {
    Table source = source(Row.class, List.of(new Row(null, null, 1.0), new Row("", null, 2.0)));

    assertThat(compute(source, udtf, Group.class)).containsExactly(new Group("", 1, 2.0));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void noRowsAreNoGroups(BatchUdtf udtf) {
    assertThat(compute(source(Row.class, List.of()), udtf, Group.class)).isEmpty();
  }

  @Test
  void groupsByAnyColumnOfText() {
    Table source = source(Row.class, List.of(new Row("a", "x", 1.0), new Row("b", "x", 2.0)));

    assertThat(compute(source, new GroupStats("shop"), Group.class))
        .containsExactly(new Group("x", 2, 1.5));
  }

  @Test
  void meanDoesNotDriftWithTheNumberOfRows() {
    ScoreMean mean = new ScoreMean();
    for (int i = 0; i < 1_000_000; i++) {
      mean.add(0.1);
    }

    assertThat(mean.mean()).isEqualTo(0.1);
  }

  @Test
  void columnThatIsNotThereIsNamed() {
    Table source = source(Row.class, List.of(new Row("a", "x", 1.0)));

    assertThatThrownBy(() -> compute(source, new GroupStats("lable"), Group.class))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("there is no column 'lable' among [label, shop, score]");
  }

  @Test
  void columnOfAnotherTypeIsNamed() {
    Table source = source(Row.class, List.of(new Row("a", "x", 1.0)));

    assertThatThrownBy(() -> compute(source, new GroupStats("score"), Group.class))
        .hasMessageContaining("column 'score' must be read with a VarCharVector, but it is");
  }
}
