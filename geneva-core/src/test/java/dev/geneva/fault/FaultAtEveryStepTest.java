package dev.geneva.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.ChildJvm;
import dev.geneva.GenevaException;
import dev.geneva.RefreshReport.Status;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.fixture.Faults;
import dev.geneva.internal.fixture.Faults.Kind;
import dev.geneva.internal.view.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call to the storage fails that a refresh makes, or the process dies at it: the view stays as
 * it was or is whole, the next refresh makes what a clean one would, and calls nothing again that
 * was finished; and then nothing is left but the view's own files.
 */
class FaultAtEveryStepTest {

  @TempDir Path folder;
  private int copies;

  @AfterEach
  void forget() {
    Traced.clear(() -> false);
    Traced.failAt(OptionalLong.empty());
  }

  /** What a refresh makes. */
  private record Outcome(List<Traced.Placed> rows, List<String> partitions) {
    static Outcome of(FaultyDatabase database) {
      List<String> partitions =
          database.sidecar("view").map(Sidecar::groups).orElse(List.of()).stream()
              .flatMap(group -> group.partitions().stream())
              .map(
                  entry ->
                      "%d %s: %d rows, %d batches, %s"
                          .formatted(
                              entry.ordinal(),
                              entry.key(),
                              entry.rows(),
                              entry.batches(),
                              entry.skipped()))
              .toList();
      UdtfView view = database.connection().openUdtfView("view");
      return new Outcome(view.search().records(Traced.Placed.class).toList(), partitions);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextRefreshMakesGood(Scenario scenario) throws IOException {
    Path template = folder.resolve("template");
    Outcome before;
    try (FaultyDatabase database = FaultyDatabase.local(template)) {
      scenario.create(database.connection());
      before = Outcome.of(database);
    }
    List<String> steps;
    Outcome clean;
    try (FaultyDatabase database = FaultyDatabase.local(copy(template))) {
      database.faults().arm(Kind.BEFORE, 0);
      refresh(database, scenario);
      steps = database.faults().steps();
      database.faults().heal();
      clean = Outcome.of(database);
      assertTidy(database);
    }
    List<String> found = new ArrayList<>();
    for (Kind kind : List.of(Kind.BEFORE, Kind.AFTER, Kind.FROM_THEN_ON, Kind.DEATH)) {
      for (int step = 1; step <= steps.size(); step++) {
        // Where nothing is changed, there is no difference between before and after.
        if (kind == Kind.BEFORE || Faults.isChange(steps.get(step - 1))) {
          String what = "%s %s at step %d, %s".formatted(scenario, kind, step, steps.get(step - 1));
          try {
            tryOnce(copy(template), scenario, kind, step, before, clean);
          } catch (AssertionError | RuntimeException e) {
            found.add(what + ": " + e);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /**
   * As {@link Kind#DEATH}, but by the end of a real process, at some steps only as it takes long.
   */
  @ParameterizedTest
  @CsvSource({"ONE_CALL_RESUMED,2", "ONE_CALL_RESUMED,4", "BY_KEY,3", "BY_KEY_RESUMED,5"})
  void theNextProcessMakesGood(Scenario scenario, int part) throws Exception {
    Path template = folder.resolve("template");
    try (FaultyDatabase database = FaultyDatabase.local(template)) {
      scenario.create(database.connection());
    }
    Outcome before;
    Outcome clean;
    List<String> steps;
    try (FaultyDatabase database = FaultyDatabase.local(copy(template))) {
      before = Outcome.of(database);
      database.faults().arm(Kind.BEFORE, 0);
      refresh(database, scenario);
      steps = database.faults().steps();
      database.faults().heal();
      clean = Outcome.of(database);
    }
    List<Integer> changing =
        IntStream.rangeClosed(1, steps.size())
            .filter(step -> Faults.isChange(steps.get(step - 1)))
            .boxed()
            .toList();
    int step = changing.get(changing.size() * part / 6);
    Path copy = copy(template);
    try (ChildJvm child =
        ChildJvm.start(folder, Refresher.class, copy.toString(), folder + "/calls")) {
      child.send("connect");
      assertThat(child.line()).as(child::errors).startsWith("ready ");
      child.send("halt " + scenario + " " + step);
      assertThat(child.line()).as(child::errors).isNull();
      assertThat(child.exitCode()).isEqualTo(137);
    }
    try (FaultyDatabase database = FaultyDatabase.local(copy)) {
      refreshNext(database, scenario, before, clean);
    }
  }

  private static void tryOnce(
      Path folder, Scenario scenario, Kind kind, int step, Outcome before, Outcome clean) {
    Traced.clear(() -> false);
    try (FaultyDatabase database = FaultyDatabase.local(folder)) {
      Faults faults = database.faults();
      Traced.clear(faults::isDead);
      final Set<String> doneBefore = LogView.done(database);
      final Map<String, Integer> durableBefore = LogView.durable(database);
      faults.arm(kind, step);
      @Nullable Throwable error = null;
      try {
        refresh(database, scenario);
      } catch (GenevaException | Faults.Died e) {
        error = e;
      }
      boolean died = faults.isDead();
      if (!died) {
        faults.heal();
      }
      if (error != null && !died) {
        assertThat(error)
            .satisfies(
                e -> assertThat(String.valueOf(e)).containsAnyOf("injected", "No space left"))
            .isInstanceOf(GenevaException.class);
      }
      assertWentOn(doneBefore, durableBefore);
      if (died) {
        // The next refresh is another process's.
        try (FaultyDatabase next = FaultyDatabase.local(folder)) {
          refreshNext(next, scenario, before, clean);
        }
      } else {
        refreshNext(database, scenario, before, clean);
      }
    }
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("geneva-view")));
  }

  private static void refreshNext(
      FaultyDatabase database, Scenario scenario, Outcome before, Outcome clean) {
    assertThat(Outcome.of(database)).as("what readers see").isIn(before, clean);
    Set<String> done = LogView.done(database);
    Map<String, Integer> durable = LogView.durable(database);
    Traced.clear(() -> false);
    Status status = refresh(database, scenario);
    assertThat(Outcome.of(database)).isEqualTo(clean);
    assertWentOn(done, durable);
    if (status == Status.UP_TO_DATE) {
      database.connection().openUdtfView("view").cleanUp();
    }
    assertTidy(database);
  }

  private static Status refresh(FaultyDatabase database, Scenario scenario) {
    return database.connection().openUdtfView("view").refresh(scenario.options()).status();
  }

  /** What was finished wasn't called again, and what was durable wasn't written again. */
  private static void assertWentOn(Set<String> done, Map<String, Integer> durable) {
    Set<String> called = new HashSet<>();
    for (Traced.Call call : Traced.calls()) {
      assertThat(call.partition()).as("partition that is called").isNotIn(done);
      // A call that is tried again begins anew.
      assertThat(call.completed())
          .as("batches of %s that are compared only", call.partition())
          .isEqualTo(called.add(call.partition()) ? durable.getOrDefault(call.partition(), 0) : 0);
    }
  }

  /** Nothing is there but what a clean refresh leaves. */
  private static void assertTidy(FaultyDatabase database) {
    Path root = database.root();
    assertThat(names(root.resolve("view.lance/data")))
        .as("data files")
        .containsExactlyInAnyOrderElementsOf(database.namedFiles("view"));
    int versions = database.versions("view").size();
    assertThat(versions).isLessThanOrEqualTo(2);
    assertThat(names(root.resolve("view.lance/_versions")))
        .as("manifests")
        .filteredOn(name -> !name.equals("latest_version_hint.json"))
        .hasSize(versions);
    assertThat(names(root.resolve("view.lance/_transactions")))
        .as("transactions, of which Lance leaves some")
        .allMatch(name -> name.endsWith(".txn"));
    assertThat(database.records("view"))
        .as("records")
        .extracting(logRecord -> logRecord.getClass().getSimpleName())
        .isSubsetOf("Acquired", "Committed", "Failed", "DeleteIntent", "Cleaned")
        // Each clean-up leaves the one that it began with; they go with the next commit.
        .areAtMost(2, new Condition<>("DeleteIntent"::equals, "an intent"));
    assertThat(database.sidecars("view")).as("sidecars").hasSize(1);
    assertThat(
            names(database.logFolder("view")).stream()
                .filter(name -> !name.startsWith("record-") && !name.startsWith("sidecar-")))
        .as("what is beside the log")
        .containsExactly(".owner");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path copy(Path template) throws IOException {
    Path last = folder.resolve("db" + copies);
    if (Files.exists(last)) {
      try (Stream<Path> files = Files.walk(last)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Path copy = folder.resolve("db" + ++copies);
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(template.relativize(file).toString()));
      }
    }
    return copy;
  }
}
