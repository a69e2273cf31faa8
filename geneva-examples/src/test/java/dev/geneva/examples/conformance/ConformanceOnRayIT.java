package dev.geneva.examples.conformance;

import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same on a private Ray. */
@EnabledIf("dev.geneva.examples.fixture.InstalledRay#isPresent")
class ConformanceOnRayIT extends ConformanceTest {

  private static RayEngine engine;

  @BeforeAll
  static void start() {
    // More than the functions ask for, whatever this host has.
    engine = RayEngine.local(RayOptions.builder().cpus(4).memoryBytes(64L << 30).build());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Override
  RefreshReport refresh(UdtfView view) {
    return view.refresh(RefreshOptions.builder().on(engine).build());
  }
}
