package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import dev.geneva.udtf.ErrorPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTaskEngineTest extends TaskEngineContract {

  @Override
  protected TaskEngine engine(Path database) {
    return new LocalTaskEngine();
  }

  @Override
  protected void requireNothingRuns() {
    // A pool has ended a moment before the last of its threads is gone.
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .noneMatch(name -> name.startsWith("geneva-view-")));
  }

  @Test
  void theFunctionSeesTheCallersClassLoader(@TempDir Path own) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader callers = new ClassLoader(before) {};
    AtomicReference<ClassLoader> seen = new AtomicReference<>();
    ScriptedUdtf.play(
        ErrorPolicy.failFast(),
        (rows, out) -> seen.set(Thread.currentThread().getContextClassLoader()));
    try (RunFixture fixture = new RunFixture(own)) {
      Thread.currentThread().setContextClassLoader(callers);
      Task streamed = new Task(0, fixture.task(1).partitions(), true);
      List<FileGroup> groups =
          new LocalTaskEngine()
              .run(fixture.job(), List.of(Pass.of(streamed)), 1, fixture.workplace(1));
      assertThat(groups).hasSize(1);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(seen.get()).isSameAs(callers);
  }
}
