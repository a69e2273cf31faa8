package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LocalTaskEngineTest extends TaskEngineContract {

  @Override
  TaskEngine engine() {
    return new LocalTaskEngine();
  }

  @Override
  void requireNothingRuns() {
    // A pool has ended a moment before the last of its threads is gone.
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .noneMatch(name -> name.startsWith("geneva-view-")));
  }
}
