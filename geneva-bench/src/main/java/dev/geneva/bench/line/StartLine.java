package dev.geneva.bench.line;

import dev.geneva.bench.OpenTable;
import dev.geneva.bench.Scratch;
import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How soon a new process can work. */
final class StartLine implements Line {

  private static final Case PROCESS = new Case("a new process", 1);

  /** Names the folder in which the native library is kept, once it was unpacked. */
  private static final String CACHE = "GENEVA_NATIVE_CACHE";

  private static final String GENEVA = "Geneva: to the first open table";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "Start";
  }

  @Override
  public String what() {
    return "From the start of a process to the rows of the first table that it opens: what a"
        + " command line or a worker does before it can begin.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    return List.of(
        new Target.AtMost(
            "≤ 0.2 s from the second start on a host",
            new Figure(PROCESS.label(), GENEVA),
            200,
            unit()));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK, LINES -> List.of(PROCESS);
      case GROWTH, GUARD -> List.of();
    };
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    Database database = new Database(false);
    try {
      database.create(Workload.NARROW.rows(1_000, database.allocator()));
      Path temporary = Files.createDirectories(database.target("tmp"));
      Path fresh = database.target("fresh");
      String folder = database.folder().toString();
      Map<String, String> kept = Map.of(CACHE, database.target("kept").toString());
      SharedClasses shared =
          SharedClasses.of(OpenTable.class, database.target("shared"), temporary, kept, folder);
      return new OpenTrial(
          List.of(
              new Side(
                  GENEVA,
                  () -> sample(ChildJvm.run(OpenTable.class, temporary, kept, List.of(), folder))),
              new Side(
                  GENEVA + ", with class data sharing",
                  () ->
                      sample(
                          ChildJvm.run(
                              shared.classPath(),
                              OpenTable.class,
                              temporary,
                              kept,
                              shared.flags(),
                              folder))),
              new Side(
                  GENEVA + ", the first start on a host",
                  () -> {
                    Scratch.delete(fresh);
                    return sample(
                        ChildJvm.run(
                            OpenTable.class,
                            temporary,
                            Map.of(CACHE, fresh.toString()),
                            List.of(),
                            folder));
                  }),
              new Side(
                  "a JVM that does nothing",
                  () -> sample(ChildJvm.run(OpenTable.class, temporary, Map.of(), List.of()))),
              new Side(
                  "Python: pylance to the first open table",
                  () ->
                      new Sample(
                          1e3 * setting.opponents().openInNewProcess(database.sourcePath()), "")),
              new Side(
                  "Python: the original to the first open table",
                  () ->
                      new Sample(
                          1e3 * setting.opponents().openOriginalInNewProcess(database.original()),
                          ""))),
          database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  private static Sample sample(ChildJvm.FirstLine line) {
    return new Sample(line.span(), "");
  }
}
