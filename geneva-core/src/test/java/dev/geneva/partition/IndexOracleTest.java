package dev.geneva.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * In one call, by a column and by an index, a function that looks at one row at a time yields the
 * same.
 */
class IndexOracleTest {

  /**
   * A row of the source.
   *
   * @param id its number
   * @param k the partition column
   * @param vector the indexed column
   */
  @ArrowRecord
  record Point(long id, @Nullable Double k, @FixedSize(4) float @Nullable [] vector) {}

  /**
   * A row of the output.
   *
   * @param id the row's number
   * @param twice computed of it
   */
  record Doubled(long id, long twice) {}

  private static void doubled(UdtfSource source, BatchCollector out) {
    try (Stream<Point> rows = source.records(Point.class)) {
      out.collectRecords(rows.map(row -> new Doubled(row.id(), 2 * row.id())).toList());
    }
  }

  @Udtf(output = Doubled.class)
  record InOneCall() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      doubled(source, out);
    }
  }

  @Udtf(output = Doubled.class, partitionBy = "k")
  record ByColumn() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      doubled(source, out);
    }
  }

  @Udtf(output = Doubled.class, partitionByIndexedColumn = "vector")
  record ByIndex() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) {
      doubled(source, out);
    }
  }

  @Property(tries = 12)
  void allModesYieldTheSameRows(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 5) int partitions,
      @ForAll boolean optimized)
      throws IOException {
    Random random = new Random(seed);
    Path database = Files.createTempDirectory("modes");
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = connection.createTable("source", Point.class, points(random, 0, 60));
      source.createIvfFlatIndex("vector", partitions);
      source.add(Point.class, points(random, 60, random.nextInt(30)));
      source.delete("id % 5 = " + random.nextInt(5));
      long updated = random.nextInt(60);
      source.delete("id = " + updated);
      source.add(Point.class, points(random, updated, 1));
      if (optimized) {
        source.optimize();
        source.add(Point.class, points(random, 200, 5));
      }
      UdtfView one = connection.createUdtfView("one", source.search(), new InOneCall());
      UdtfView column = connection.createUdtfView("column", source.search(), new ByColumn());
      UdtfView index = connection.createUdtfView("index", source.search(), new ByIndex());
      for (UdtfView view : List.of(one, column, index)) {
        view.refresh();
      }
      assertThat(rows(one)).hasSize((int) source.countRows());
      assertThat(rows(column)).isEqualTo(rows(one));
      assertThat(rows(index)).isEqualTo(rows(one));
    } finally {
      delete(database);
    }
  }

  private static List<Doubled> rows(UdtfView view) {
    return view.search()
        .records(Doubled.class)
        .sorted(Comparator.comparingLong(Doubled::id))
        .toList();
  }

  private static List<Point> points(Random random, long first, int count) {
    List<Point> points = new ArrayList<>();
    for (long id = first; id < first + count; id++) {
      float[] vector = new float[4];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = random.nextInt(20) == 0 ? Float.NaN : random.nextFloat();
      }
      points.add(new Point(id, key(random), random.nextInt(8) == 0 ? null : vector));
    }
    return points;
  }

  private static @Nullable Double key(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> -0.0;
      case 3 -> 0.0;
      default -> (double) random.nextInt(3);
    };
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
