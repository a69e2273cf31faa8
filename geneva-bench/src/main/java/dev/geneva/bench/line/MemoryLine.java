package dev.geneva.bench.line;

import dev.geneva.bench.Scratch;
import dev.geneva.bench.StreamedMemory;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import dev.geneva.internal.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The memory of a process that streams. */
final class MemoryLine implements Line {

  private static final String BOUNDED = "resident above idle, with the two variables, -Xmx64m";
  private static final String PLAIN = "resident above idle, without them";
  private static final String OWN = "heap + Arrow, without them, -Xmx48m";

  /** Without the variables no target asks for more rows, and each run takes a while. */
  private static final long MOST_PLAIN = 20_000_000;

  private static final String READ_AHEAD = "33554432";

  private static final Map<String, String> VARIABLES =
      Map.of("LANCE_DEFAULT_IO_BUFFER_SIZE", READ_AHEAD, "MALLOC_ARENA_MAX", "2");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "Memory";
  }

  @Override
  public String what() {
    return "The most memory of a process that refreshes a view by the narrow streamed transform, a"
        + " new process for each run. The two variables are LANCE_DEFAULT_IO_BUFFER_SIZE="
        + READ_AHEAD
        + " and MALLOC_ARENA_MAX=2.";
  }

  @Override
  public Unit unit() {
    return Unit.MEBIBYTES;
  }

  @Override
  public List<Target> targets() {
    String twenty = of(20_000_000).label();
    String sixty = of(60_000_000).label();
    return List.of(
        new Target.AtMostTimes(
            "the same peak at 60M rows as at 20M (≤ 1.1 ×)",
            new Figure(sixty, BOUNDED),
            new Figure(twenty, BOUNDED),
            1.1),
        new Target.AtMost(
            "≤ 350 MiB above idle with the variables", new Figure(sixty, BOUNDED), 350, unit()),
        new Target.AtMost(
            "our own share ≤ 64 MiB without them", new Figure(sixty, OWN), 64, unit()));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(of(200_000));
      case LINES -> List.of(of(20_000_000), of(60_000_000));
      case GROWTH, GUARD -> List.of();
    };
  }

  private static Case of(long rows) {
    return new Case(Numbers.of(rows) + " rows", rows);
  }

  /** Nothing gets warm in a new process. */
  @Override
  public int warmUps(Suite suite) {
    return 0;
  }

  /** There is no other way to see whether memory grows than to run it all. */
  @Override
  public boolean bounded() {
    return false;
  }

  /** It is measured for what it takes, not for how long. */
  @Override
  public boolean isProfiled() {
    return false;
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    Scratch scratch = new Scratch();
    try {
      Path database = scratch.path().resolve("db");
      Path temporary = Files.createDirectories(scratch.path().resolve("tmp"));
      String rows = Long.toString(which.size());
      ChildJvm.run(
          StreamedMemory.class,
          temporary,
          Map.of(),
          List.of(),
          database.toString(),
          rows,
          "create");
      List<Side> sides = new ArrayList<>();
      sides.add(
          side(
              BOUNDED,
              database,
              rows,
              temporary,
              VARIABLES,
              List.of("-Xmx64m"),
              MemoryLine::above));
      if (which.size() <= MOST_PLAIN) {
        sides.add(side(PLAIN, database, rows, temporary, Map.of(), List.of(), MemoryLine::above));
      }
      sides.add(
          side(
              OWN,
              database,
              rows,
              temporary,
              Map.of(),
              List.of("-Xmx48m"),
              usage -> usage.heapMiB() + usage.arrowMiB()));
      return new OpenTrial(sides, scratch);
    } catch (Exception e) {
      scratch.close();
      throw e;
    }
  }

  private static double above(StreamedMemory.Usage usage) {
    return usage.peakMiB() - usage.idleMiB();
  }

  private static Side side(
      String name,
      Path database,
      String rows,
      Path temporary,
      Map<String, String> environment,
      List<String> flags,
      ToDoubleFunction<StreamedMemory.Usage> figure) {
    return new Side(
        name,
        () -> {
          String line =
              ChildJvm.run(
                      StreamedMemory.class,
                      temporary,
                      environment,
                      flags,
                      database.toString(),
                      rows)
                  .line();
          StreamedMemory.Usage usage = Json.read(line, StreamedMemory.Usage.class);
          return new Sample(figure.applyAsDouble(usage), usage.rows() + " rows");
        });
  }
}
