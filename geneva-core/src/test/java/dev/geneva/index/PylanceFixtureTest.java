package dev.geneva.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.lance.IvfAssignments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Indices that Python made, one of a kind that Java can't make among them, against what Python said
 * of them. Each has two parts, and rows that were deleted. See make.py beside the tables.
 */
class PylanceFixtureTest {

  private static final Path FIXTURE = Path.of("src/test/resources/index");

  @TempDir Path folder;

  record Fixture(String pylance, Map<String, Expected> tables) {}

  record Expected(
      String kind, String metric, List<List<Long>> partitions, Map<String, Long> live) {}

  static Stream<String> tables() throws IOException {
    return fixture().tables().keySet().stream().sorted();
  }

  private static Fixture fixture() throws IOException {
    String text = Files.readString(FIXTURE.resolve("partitions.json"));
    return Json.read(text, new TypeReference<Fixture>() {});
  }

  @ParameterizedTest
  @MethodSource("tables")
  void partitionsAreWhatPylanceReads(String name) throws Exception {
    Expected expected = fixture().tables().get(name);
    Map<Long, Integer> partitions = new HashMap<>();
    expected.live().values().forEach(id -> partitions.put(id, IvfAssignments.UNCOVERED));
    for (int p = 0; p < expected.partitions().size(); p++) {
      for (long rowId : expected.partitions().get(p)) {
        Long id = expected.live().get(Long.toString(rowId));
        if (id != null) { // else the row is gone
          partitions.put(id, p);
        }
      }
    }
    copy(FIXTURE.resolve(name + ".lance"), folder.resolve(name + ".lance"));
    try (VectorTable table = new VectorTable(folder, Vectors.of("float32", 8))) {
      VectorTable.State state = table.readFrom(name);
      assertThat(state.metric().name()).isEqualToIgnoringCase(expected.metric());
      assertThat(state.partitions()).isEqualTo(expected.partitions().size());
      assertThat(state.assigned()).isEqualTo(partitions);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
