package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geneva.internal.fixture.ChildJvm;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** An application that is killed takes its private Ray along. */
@EnabledIf("dev.geneva.ray.it.TwoNodes#isInstalled")
class ApplicationDeathIT {

  /** The application. */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) throws IOException {
      try (RayEngine engine = RayEngine.local(RayOptions.builder().cpus(1).build())) {
        System.out.println("ready " + engine.name());
        int ignored = System.in.read();
      }
    }
  }

  @Test
  void privateRayEndsWithTheApplication() throws Exception {
    Footprint before = Footprint.now();
    try (ChildJvm application = ChildJvm.start(Application.class)) {
      assertThat(application.nextLine()).isEqualTo("ready ray");
      List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
      assertThat(all).hasSizeGreaterThan(5);
      Path ray = Processes.headFolder().orElseThrow();
      assertThat(ray).isDirectory();
      application.kill();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(all).noneMatch(ProcessHandle::isAlive);
                assertThat(Footprint.now()).isEqualTo(before);
                assertThat(ray).doesNotExist();
              });
    }
  }
}
