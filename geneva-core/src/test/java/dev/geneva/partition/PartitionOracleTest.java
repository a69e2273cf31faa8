package dev.geneva.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Partitioned by a column, a function that only looks at one row at a time yields what it does in
 * one call.
 */
class PartitionOracleTest {

  @Property(tries = 25)
  void noRowIsLostOrRepeated(
      @ForAll("keys") List<Double> first,
      @ForAll("keys") List<Double> second,
      @ForAll long deleted,
      @ForAll boolean filtered)
      throws IOException {
    Path database = Files.createTempDirectory("partitions");
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = table(connection, first);
      try (BufferAllocator allocator = new RootAllocator();
          VectorSchemaRoot more = VectorSchemaRoot.create(source.schema(), allocator)) {
        fill(more, first.size(), second);
        source.add(more);
      }
      source.delete("id % 7 = " + Math.floorMod(deleted, 7));
      var query = filtered ? source.search().where("id % 2 = 0") : source.search();
      UdtfView inOne = connection.createUdtfView("one", query, new Partitioned.InOneCall());
      UdtfView inParts = connection.createUdtfView("parts", query, new Partitioned.ByK());
      inOne.refresh();
      inParts.refresh();
      assertThat(ids(inParts)).containsExactlyInAnyOrderElementsOf(ids(inOne));
      assertThat(Keyed.placed(inParts)).isSortedAccordingTo(PartitionOracleTest::byKey);
    } finally {
      delete(database);
    }
  }

  @Provide
  Arbitrary<List<Double>> keys() {
    return Arbitraries.of(0.0, -0.0, 1.5, -3.0, Double.NaN, Double.POSITIVE_INFINITY)
        .injectNull(0.2)
        .list()
        .ofMaxSize(40);
  }

  private static int byKey(String a, String b) {
    return Double.compare(key(a), key(b));
  }

  private static double key(String placed) {
    String text = placed.substring(0, placed.lastIndexOf(':'));
    return text.equals("null") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }

  private static List<Long> ids(UdtfView view) {
    return view.search().records(Partitioned.Placed.class).map(Partitioned.Placed::id).toList();
  }

  private static Table table(Connection connection, List<Double> keys) {
    return Keyed.table(
        connection,
        Keyed.key("k", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
        keys.size(),
        vector -> write((Float8Vector) vector, keys));
  }

  private static void fill(VectorSchemaRoot root, long firstId, List<Double> keys) {
    for (int row = 0; row < keys.size(); row++) {
      ((org.apache.arrow.vector.BigIntVector) root.getVector("id")).setSafe(row, firstId + row);
    }
    write((Float8Vector) root.getVector("k"), keys);
    root.setRowCount(keys.size());
  }

  private static void write(Float8Vector vector, List<Double> keys) {
    for (int row = 0; row < keys.size(); row++) {
      Double key = keys.get(row);
      if (key == null) {
        vector.setNull(row);
      } else {
        vector.setSafe(row, key);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
