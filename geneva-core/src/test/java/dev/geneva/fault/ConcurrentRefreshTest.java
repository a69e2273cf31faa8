package dev.geneva.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.ChildJvm;
import dev.geneva.RefreshInProgressException;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.fixture.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several refresh one view while its source grows: one at a time does, and the last word counts.
 */
class ConcurrentRefreshTest {

  private static final int ROUNDS = 4;

  @TempDir Path folder;

  @AfterEach
  void forget() {
    Traced.writeTo(null);
  }

  @ParameterizedTest
  @CsvSource({"ONE_CALL,2", "ONE_CALL,8", "BY_KEY,2", "BY_KEY,8"})
  void threads(Scenario scenario, int refreshers) throws Exception {
    Traced.writeTo(folder.resolve("calls"));
    try (FaultyDatabase database = database(scenario)) {
      List<List<String>> ends =
          Race.of(refreshers + 1, i -> i == 0 ? appending(database) : this::run);

      assertThat(ends)
          .allSatisfy(one -> assertThat(one).isSubsetOf("REFRESHED", "UP_TO_DATE", "IN_PROGRESS"));
      assertThat(ends).anySatisfy(one -> assertThat(one).contains("REFRESHED"));
      assertAgrees(scenario, database);
    }
  }

  @ParameterizedTest
  @CsvSource({"BY_KEY,2", "ONE_CALL,8"})
  void processes(Scenario scenario, int refreshers) throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try (FaultyDatabase database = database(scenario)) {
      String uri = database.root().toString();
      for (int i = 0; i < refreshers; i++) {
        ChildJvm child =
            ChildJvm.start(folder, Refresher.class, uri, folder.resolve("calls").toString());
        children.add(child);
        child.send("connect");
      }
      for (ChildJvm child : children) {
        assertThat(child.line()).as(child::errors).startsWith("ready ");
      }
      for (ChildJvm child : children) {
        child.send("race " + ROUNDS);
      }
      appending(database).call();
      for (ChildJvm child : children) {
        String ends = child.line();
        assertThat(List.of(String.valueOf(ends).split(" ")))
            .as(child::errors)
            .isSubsetOf("REFRESHED", "UP_TO_DATE", "IN_PROGRESS");
      }
      assertAgrees(scenario, database);
    } finally {
      for (ChildJvm child : children) {
        child.close();
      }
    }
  }

  private FaultyDatabase database(Scenario scenario) {
    FaultyDatabase database = FaultyDatabase.local(folder.resolve("db"));
    scenario.create(database.connection());
    return database;
  }

  private List<String> run() {
    List<String> ends = new ArrayList<>();
    try (FaultyDatabase own = FaultyDatabase.local(folder.resolve("db"))) {
      UdtfView view = own.connection().openUdtfView("view");
      for (int i = 0; i < ROUNDS; i++) {
        try {
          ends.add(view.refresh().status().toString());
        } catch (RefreshInProgressException e) {
          assertThat(e).hasMessageContaining("View 'view' is being refreshed by ");
          ends.add("IN_PROGRESS");
        }
      }
    }
    return ends;
  }

  private static Callable<List<String>> appending(FaultyDatabase database) {
    Table source = database.connection().openTable("points");
    return () -> {
      for (long id = 100; id < 110; id++) {
        source.add(Point.class, List.of(Point.of(id)));
      }
      return List.of();
    };
  }

  private void assertAgrees(Scenario scenario, FaultyDatabase database) throws IOException {
    UdtfView view = database.connection().openUdtfView("view");
    view.refresh();
    List<Long> ids =
        LongStream.concat(LongStream.range(0, Scenario.ROWS), LongStream.range(100, 110))
            .boxed()
            .toList();
    List<Long> expected = new ArrayList<>();
    for (long key = 0; key < Point.KEYS; key++) {
      long k = key;
      if (k != Traced.LEFT_OUT) {
        ids.stream().filter(id -> id % Point.KEYS == k).forEach(expected::add);
      }
    }
    assertThat(view.search().records(Traced.Placed.class).map(Traced.Placed::id))
        .containsExactlyElementsOf(scenario == Scenario.BY_KEY ? expected : ids);
    Set<String> running = new HashSet<>();
    for (String line : Files.readAllLines(folder.resolve("calls"))) {
      String key = line.substring(line.indexOf(' ') + 1);
      if (line.startsWith("call ")) {
        key = key.substring(0, key.indexOf('|'));
        assertThat(running.add(key)).as("only one call for %s at a time", key).isTrue();
      } else {
        running.remove(key);
      }
    }
    view.cleanUp();
    assertThat(database.files("view")).isEqualTo(database.namedFiles("view"));
  }
}
