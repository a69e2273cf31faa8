package dev.geneva.bench.line;

import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Trial;
import java.util.List;

/** Sides over something that is closed with the trial. */
record OpenTrial(List<Side> sides, AutoCloseable data) implements Trial {
  @Override
  public void close() throws Exception {
    data.close();
  }
}
