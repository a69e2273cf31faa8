package dev.geneva.bench.suite;

import dev.geneva.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The raw results of all lines: a file from which the page can be made again. */
public final class Results {

  private final Map<String, LineResult> lines = new LinkedHashMap<>();

  private record Stored(List<LineResult> lines) {}

  private Results() {}

  /** The results in a file; none if there is no file. */
  public static Results read(Path file) throws IOException {
    Results results = new Results();
    if (Files.exists(file)) {
      Json.read(Files.readString(file), Stored.class).lines().forEach(results::put);
    }
    return results;
  }

  /** Keeps what was measured of a line, instead of what was measured earlier. */
  public void put(LineResult result) {
    lines.put(result.line(), result);
  }

  /** What was measured of a line. */
  public Optional<LineResult> of(Line line) {
    return Optional.ofNullable(lines.get(line.name()));
  }

  /** Writes the file anew: one line of text for each case, so that changes are easy to see. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    StringBuilder text = new StringBuilder("{\"lines\":[");
    String separator = "\n";
    for (LineResult line : lines.values().stream().sorted(BY_NAME).toList()) {
      String whole = Json.write(line);
      text.append(separator).append(whole.replace("{\"label\"", "\n  {\"label\""));
      separator = ",\n";
    }
    Files.writeString(file, text.append("\n]}\n"));
  }

  private static final java.util.Comparator<LineResult> BY_NAME =
      java.util.Comparator.comparing(LineResult::line);
}
