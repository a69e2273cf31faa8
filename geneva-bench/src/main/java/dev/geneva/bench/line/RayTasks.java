package dev.geneva.bench.line;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.UnavailableException;
import dev.geneva.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What {@code TaskOverheadIT} of {@code geneva-ray} has measured: it needs a Ray of two nodes,
 * which that module's tests start. The file has lists of values, in milliseconds.
 */
final class RayTasks {

  private static final String FILE = "geneva-ray/target/task-overhead.json";

  private static final Duration LONGEST_AGO = Duration.ofDays(1);

  private final Map<String, List<Double>> values;

  private RayTasks(Map<String, List<Double>> values) {
    this.values = values;
  }

  static RayTasks read(Setting setting) throws IOException {
    Path file = setting.project().resolve(FILE);
    return new RayTasks(
        isFresh(file)
            ? Json.read(Files.readString(file), new TypeReference<Map<String, List<Double>>>() {})
            : Map.of());
  }

  /** What was measured longer ago may be of other code, and the page couldn't tell. */
  private static boolean isFresh(Path file) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(LONGEST_AGO));
  }

  /** A side that hands them out. */
  Side side(String name, String key) {
    Iterator<Double> left = values.getOrDefault(key, List.of()).iterator();
    return new Side(
        name,
        () -> {
          if (!left.hasNext()) {
            throw new UnavailableException("not measured within the last day, see CONTRIBUTING");
          }
          return new Sample(left.next(), "");
        });
  }
}
