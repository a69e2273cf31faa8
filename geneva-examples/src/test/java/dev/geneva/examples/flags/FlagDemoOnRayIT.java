package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.geneva.examples.fixture.InstalledRay#isPresent")
class FlagDemoOnRayIT {

  @Test
  void demoRunsOnAPrivateRay(@TempDir Path folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      exitCode =
          FlagDemo.run(
              List.of(
                  "--engine",
                  "ray",
                  "--db",
                  folder.resolve("db").toString(),
                  "--out",
                  folder.resolve("sheet.html").toString()),
              () -> TestFlags.of(TestFlags.CODES),
              out,
              false);
    }
    String output = bytes.toString(StandardCharsets.UTF_8);
    assertThat(exitCode).as(output).isZero();
    assertThat(output)
        .contains("engine    ray")
        .contains("REFRESHED: 156 rows read, 156 written")
        .containsPattern("UP_TO_DATE in [0-9.]+ m?s")
        .contains("REFRESHED: 168 rows read, 168 written");
  }
}
