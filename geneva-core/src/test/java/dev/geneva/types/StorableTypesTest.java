package dev.geneva.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Lance can't store is refused when a table or a view is created, and not by Lance. */
class StorableTypesTest {

  private static final Field INT = nullable("n", new ArrowType.Int(32, true));

  /** Lance would end the process because of this one. */
  private static final Field ZONED =
      nullable("x", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "+02:00"));

  private Connection connection;

  @BeforeEach
  void connect(@TempDir Path folder) {
    connection = Geneva.connect(folder.toString());
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private static Field nullable(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static Field mapOf(boolean sorted) {
    return nullable(
        "x",
        new ArrowType.Map(sorted),
        new Field(
            "entries",
            FieldType.notNullable(ArrowType.Struct.INSTANCE),
            List.of(new Field("key", FieldType.notNullable(INT.getType()), null), INT)));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(ZONED, "'x'", "use a time zone without a colon, such as UTC or +0200"),
        Arguments.of(
            nullable("x", ArrowType.Struct.INSTANCE, ZONED), "'x.x'", "use a time zone without"),
        Arguments.of(nullable("x", ArrowType.List.INSTANCE, ZONED), "'x'", "use a time zone"),
        Arguments.of(
            nullable("x", new ArrowType.Interval(IntervalUnit.DAY_TIME)), "'x'", "use a Duration"),
        Arguments.of(nullable("x", ArrowType.Utf8View.INSTANCE), "'x'", "use Utf8"),
        Arguments.of(nullable("x", ArrowType.BinaryView.INSTANCE), "'x'", "use Binary"),
        Arguments.of(nullable("x", ArrowType.ListView.INSTANCE, INT), "'x'", "use List"),
        Arguments.of(nullable("x", new ArrowType.Decimal(5, 2, 64)), "'x'", "use one of 128 bits"),
        Arguments.of(mapOf(true), "'x'", "declare its keys unsorted"),
        Arguments.of(
            nullable("x", new ArrowType.Union(UnionMode.Dense, new int[] {0}), INT),
            "'x'",
            "use a Struct with a column for each type"),
        Arguments.of(
            nullable(
                "x",
                new ArrowType.FixedSizeList(2),
                nullable("item", ArrowType.List.INSTANCE, INT)),
            "'x'",
            "with such elements, use a List of them"),
        Arguments.of(pairOf(ArrowType.Utf8.INSTANCE), "'x'", "with such elements"),
        Arguments.of(pairOf(ArrowType.LargeUtf8.INSTANCE), "'x'", "with such elements"),
        Arguments.of(pairOf(ArrowType.Binary.INSTANCE), "'x'", "with such elements"),
        Arguments.of(pairOf(ArrowType.LargeBinary.INSTANCE), "'x'", "with such elements"),
        Arguments.of(
            nullable("x", ArrowType.List.INSTANCE, pairOf(ArrowType.Utf8.INSTANCE)),
            "'x'",
            "with such elements"));
  }

  private static Field pairOf(ArrowType element) {
    return nullable("x", new ArrowType.FixedSizeList(2), nullable("item", element));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void typeThatLanceDoesNotStoreIsRefused(Field field, String column, String instead) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
      assertThatThrownBy(() -> connection.createTable("odd", root))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Column " + column + " of 'odd' is ")
          .hasMessageContaining(", which Lance can't store: " + instead);
    }
    assertThat(connection.tableNames()).isEmpty();
  }

  @Test
  void viewOfSuchATypeIsRefused() {
    Table table = connection.createTable("table", Counts.class, List.of());

    assertThatThrownBy(() -> connection.createUdtfView("view", table.search(), new Zoned()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Column 'x' of 'view' is Timestamp(MICROSECOND, +02:00)");
    assertThat(connection.udtfViewNames()).isEmpty();
  }

  @Test
  void viewHasMaps() {
    List<Counts> rows =
        List.of(
            new Counts(1, Map.of("a", 1L, "b", 2L)),
            new Counts(2, Map.of()),
            new Counts(3, Map.of("c", 3L)));
    Table table = connection.createTable("table", Counts.class, rows);
    UdtfView view = connection.createUdtfView("view", table.search(), new Copy());

    view.refresh();
    table.delete("id = 2");
    view.refresh();

    try (Stream<Counts> read = view.search().records(Counts.class)) {
      assertThat(read).containsExactly(rows.get(0), rows.get(2));
    }
  }

  /** A row with a map. */
  @ArrowRecord
  record Counts(long id, Map<String, Long> counts) {}

  /** Yields what it reads. */
  @Udtf(output = Counts.class)
  record Copy() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      out.collectRecords(source.records(Counts.class).toList());
    }
  }

  /** Says that it yields what can't be stored. */
  @Udtf(outputSchema = "SCHEMA")
  record Zoned() implements BatchUdtf {
    static final Schema SCHEMA = new Schema(List.of(ZONED));

    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }
}
