package dev.geneva.index;

import dev.geneva.VectorIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.lance.Dataset;

/** Assignments after whatever may happen to a table, against the nearest partition of each row. */
class IvfHistoryTest {

  /** Something that happens to a table, with a range of ids where it needs one. */
  record Step(String what, int from, int length) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<String> what =
        Arbitraries.of("append", "delete", "update", "compact", "optimize", "rebuild");
    return Combinators.combine(
            what, Arbitraries.integers().between(0, 899), Arbitraries.integers().between(1, 300))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void everyLiveRowIsWhereItIsNearestOrNotCovered(
      @ForAll("histories") List<Step> history, @ForAll boolean stable) throws Exception {
    Path database = Files.createTempDirectory("ivf");
    try (VectorTable table =
        new VectorTable(database, Vectors.of("float32", 4).withOdd()).withStableRowIds(stable)) {
      table.write(0, 900);
      rebuild(table);
      Set<Long> uncovered = new HashSet<>();
      int next = 900;
      for (Step step : history) {
        long from = step.from();
        long to = Math.min(from + step.length(), next);
        switch (step.what()) {
          case "append" -> {
            table.write(next, next + step.length());
            cover(uncovered, next, next + step.length());
            next += step.length();
          }
          case "delete" ->
              table.change(
                  dataset -> dataset.delete("id >= %d AND id < %d AND id > 9".formatted(from, to)));
          case "update" -> {
            table.update((int) from, (int) to);
            cover(uncovered, from, to);
          }
          case "compact" -> table.change(Dataset::compact);
          case "optimize" -> {
            table.optimize(0);
            uncovered.clear();
          }
          default -> {
            rebuild(table);
            uncovered.clear();
          }
        }
        IvfIndexTest.check(table, uncovered);
      }
    } finally {
      try (Stream<Path> files = Files.walk(database)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void rebuild(VectorTable table) {
    IvfIndexTest.create(table, VectorIndex.ivfFlat("vec").partitions(4).build());
  }

  private static void cover(Set<Long> ids, long from, long to) {
    for (long id = from; id < to; id++) {
      ids.add(id);
    }
  }
}
