package dev.geneva.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geneva.ExecutionMode;
import dev.geneva.Query;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.aggregation.GroupStats;
import dev.geneva.examples.aggregation.StatisticsUdtfs;
import dev.geneva.examples.edges.EdgeDetection;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.examples.flags.PHashDedupe;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;

/** The examples compute what the Python original computed, to the last bit. */
class ConformanceTest extends DatabaseTest {

  private static final Path CASES = Path.of("src", "test", "resources", "conformance");

  @Test
  void groupStats() throws IOException {
    assertConforms("group_stats", new GroupStats("label"));
  }

  @Test
  void groupStatsAsAStaticMethod() throws IOException {
    assertConforms("group_stats", StatisticsUdtfs.groupStats());
  }

  @Test
  void pHashDedupe() throws IOException {
    assertConforms(
        "phash_dedupe", new PHashDedupe(params("phash_dedupe").get("threshold").asInt()));
  }

  @Test
  void edgeDetection() throws IOException {
    assertConforms(
        "edge_detection", new EdgeDetection(params("edge_detection").get("threshold").asInt()));
  }

  /** Refreshes, on this test's engine. */
  RefreshReport refresh(UdtfView view) {
    return view.refresh();
  }

  private void assertConforms(String name, BatchUdtf udtf) throws IOException {
    JsonNode params = params(name);
    List<String> sortedBy = strings(params.get("expected_sorted_by"));
    Table source;
    try (BufferAllocator allocator = new RootAllocator()) {
      source = connection.createTable("source", open(name, "input.arrow", allocator));
    }
    assertThat(source.countRows()).isEqualTo(params.get("input_rows").asLong());
    Query query = source.search();
    if (params.has("select")) {
      query = query.select(strings(params.get("select")).toArray(String[]::new));
    }

    UdtfView view = connection.createUdtfView("view", query, udtf);
    RefreshReport report = refresh(view);

    assertThat(report.mode())
        .isEqualTo(
            params.get("mode").asText().equals("single")
                ? ExecutionMode.SINGLE_WORKER
                : ExecutionMode.PARTITIONED_BY_COLUMN);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = open(name, "expected.arrow", allocator);
        VectorSchemaRoot actual = view.search().toArrow()) {
      reader.loadNextBatch();
      VectorSchemaRoot expected = reader.getVectorSchemaRoot();
      assertThat(types(actual)).isEqualTo(types(expected));
      assertThat(expected.getRowCount()).isEqualTo(params.get("expected_rows").asInt());
      assertThat(rows(actual, sortedBy)).isEqualTo(rows(expected, sortedBy));
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  private static ArrowFileReader open(String name, String file, BufferAllocator allocator)
      throws IOException {
    return new ArrowFileReader(FileChannel.open(CASES.resolve(name).resolve(file)), allocator);
  }

  private static JsonNode params(String name) throws IOException {
    return new ObjectMapper().readTree(CASES.resolve(name).resolve("params.json").toFile());
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Names and types in order. The original declares every column nullable, records don't. */
  private static List<String> types(VectorSchemaRoot root) {
    return root.getSchema().getFields().stream()
        .map(field -> field.getName() + " " + field.getType())
        .toList();
  }

  private static List<Map<String, Object>> rows(VectorSchemaRoot root, List<String> sortedBy) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      Map<String, Object> values = new TreeMap<>();
      for (FieldVector column : root.getFieldVectors()) {
        Field field = column.getField();
        Object value = column.getObject(row);
        values.put(field.getName(), value instanceof Text text ? text.toString() : value);
      }
      rows.add(values);
    }
    Comparator<Map<String, Object>> order =
        sortedBy.stream().map(ConformanceTest::by).reduce(Comparator::thenComparing).orElseThrow();
    rows.sort(order);
    return rows;
  }

  @SuppressWarnings("unchecked") // text and numbers
  private static Comparator<Map<String, Object>> by(String column) {
    return Comparator.comparing(row -> (Comparable<Object>) row.get(column));
  }
}
