package dev.geneva.examples.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.examples.aggregation.GlobalAggregation.Summary;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.udtf.ArrowRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GlobalAggregationTest extends DatabaseTest {

  @ArrowRecord
  record Row(@Nullable Double score) {}

  @Test
  void oneRowSumsUpTheTable() {
    assertThat(summary(4.0, null, -1.0, 2.0, 3.0)).isEqualTo(new Summary(5, 4, 8, -1.0, 2.5, 4.0));
  }

  @Test
  void medianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(summary(9.0, 1.0, 2.0).median()).isEqualTo(2.0);
  }

  @Test
  void noScoresAreOneRowToo() {
    assertThat(summary(null, null)).isEqualTo(new Summary(2, 0, 0, null, null, null));
  }

  @Test
  void noRowsAreOneRowToo() {
    assertThat(summary()).isEqualTo(new Summary(0, 0, 0, null, null, null));
  }

  private Summary summary(Double... scores) {
    List<Row> rows = Arrays.stream(scores).map(Row::new).toList();
    return compute(source(Row.class, rows), new GlobalAggregation(), Summary.class).get(0);
  }
}
