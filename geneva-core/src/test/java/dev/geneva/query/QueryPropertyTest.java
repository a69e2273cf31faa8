package dev.geneva.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Query;
import dev.geneva.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Whatever the table and the query, the rows are those of the same steps on a list. */
class QueryPropertyTest {

  private static final int QUERIES = 12;

  @Property(tries = 30, seed = "42", shrinking = ShrinkingMode.OFF)
  void queryGivesWhatTheSameStepsOnAListGive(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int fragments,
      @ForAll @IntRange(min = 1, max = 40) int rowsPerFragment)
      throws IOException {
    Path folder = Files.createTempDirectory("queries");
    try (Connection connection = Geneva.connect(folder.toString())) {
      OddCases cases = new OddCases(seed);
      List<OddRow> rows = new ArrayList<>();
      Table table = create(connection, cases, fragments, rowsPerFragment, rows);
      Map<Long, Long> ids = ids(table);
      for (int i = 0; i < QUERIES; i++) {
        QueryCase queryCase = cases.query();
        check(queryCase, queryCase.over(table), queryCase.over(rows), ids, 1 + i * i * 3);
      }
    } finally {
      delete(folder);
    }
  }

  private static Table create(
      Connection connection,
      OddCases cases,
      int fragments,
      int rowsPerFragment,
      List<OddRow> rows) {
    try (RootAllocator allocator = new RootAllocator()) {
      for (int fragment = 0; fragment < fragments; fragment++) {
        List<OddRow> more = cases.rows(fragment * 1000L, rowsPerFragment);
        rows.addAll(more);
        try (VectorSchemaRoot root = OddRow.root(allocator, more)) {
          if (fragment == 0) {
            connection.createTable("odd", root);
          } else {
            connection.openTable("odd").add(root);
          }
        }
      }
    }
    Table table = connection.openTable("odd");
    table.delete("id % 7 = 3");
    rows.removeIf(row -> row.id() % 7 == 3);
    return table;
  }

  private static Map<Long, Long> ids(Table table) {
    Map<Long, Long> ids = new HashMap<>();
    try (VectorSchemaRoot root = table.search().select("id").withRowId().toArrow()) {
      for (int row = 0; row < root.getRowCount(); row++) {
        List<@Nullable Object> pair = OddRow.read(root, row);
        ids.put((Long) pair.get(1), (Long) pair.get(0));
      }
    }
    return ids;
  }

  private static void check(
      QueryCase queryCase,
      Query query,
      List<List<@Nullable Object>> expected,
      Map<Long, Long> ids,
      int batchSize)
      throws IOException {
    Schema schema = query.schema();
    List<List<@Nullable Object>> actual = new ArrayList<>();
    try (ArrowReader reader = query.toBatches(batchSize)) {
      assertThat(reader.getVectorSchemaRoot().getSchema()).as("%s", query).isEqualTo(schema);
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        assertThat(root.getRowCount()).isLessThanOrEqualTo(batchSize);
        add(root, queryCase, ids, actual);
      }
    }
    assertThat(actual).as("%s", query).isEqualTo(expected);
    assertThat(query.countRows()).as("%s", query).isEqualTo(expected.size());
    List<List<@Nullable Object>> bulk = new ArrayList<>();
    try (VectorSchemaRoot root = query.toArrow()) {
      assertThat(root.getSchema()).isEqualTo(schema);
      add(root, queryCase, ids, bulk);
    }
    assertThat(bulk).as("%s", query).isEqualTo(expected);
  }

  private static void add(
      VectorSchemaRoot root,
      QueryCase queryCase,
      Map<Long, Long> ids,
      List<List<@Nullable Object>> rows) {
    for (int row = 0; row < root.getRowCount(); row++) {
      List<@Nullable Object> values = OddRow.read(root, row);
      if (queryCase.rowIds()) {
        int last = values.size() - 1;
        values.set(last, ids.get((Long) values.get(last)));
      }
      rows.add(values);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
