package dev.geneva.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionKeyTest {

  @TempDir Path database;

  static Stream<Arguments> types() {
    return Stream.of(
        type(
            "boolean",
            new ArrowType.Bool(),
            v -> {
              ((BitVector) v).set(0, 1);
              ((BitVector) v).set(1, 0);
              ((BitVector) v).set(3, 1);
            },
            "null:2",
            "false:1",
            "true:0",
            "true:3"),
        type(
            "int16",
            new ArrowType.Int(16, true),
            v -> {
              ((SmallIntVector) v).set(0, 5);
              ((SmallIntVector) v).set(1, -5);
              ((SmallIntVector) v).set(3, 5);
            },
            "null:2",
            "-5:1",
            "5:0",
            "5:3"),
        type(
            "uint8",
            new ArrowType.Int(8, false),
            v -> {
              ((UInt1Vector) v).set(0, 200);
              ((UInt1Vector) v).set(1, 100);
              ((UInt1Vector) v).set(3, 200);
            },
            "null:2",
            "100:1",
            "-56:0",
            "-56:3"),
        type(
            "uint64",
            new ArrowType.Int(64, false),
            v -> {
              ((UInt8Vector) v).set(0, -1L);
              ((UInt8Vector) v).set(1, 7);
              ((UInt8Vector) v).set(3, -1L);
            },
            "null:2",
            "7:1",
            "-1:0",
            "-1:3"),
        type(
            "float64",
            floating(FloatingPointPrecision.DOUBLE),
            v -> {
              ((Float8Vector) v).set(0, Double.NaN);
              ((Float8Vector) v).set(1, Double.NEGATIVE_INFINITY);
              ((Float8Vector) v).set(3, Double.longBitsToDouble(0x7ff8000000000123L));
            },
            "null:2",
            "-Infinity:1",
            "NaN:0",
            "NaN:3"),
        type(
            "float32",
            floating(FloatingPointPrecision.SINGLE),
            v -> {
              ((Float4Vector) v).set(0, -0.0f);
              ((Float4Vector) v).set(1, -1.5f);
              ((Float4Vector) v).set(3, 0.0f);
            },
            "null:2",
            "-1.5:1",
            "0.0:0",
            "0.0:3"),
        type(
            "decimal",
            new ArrowType.Decimal(10, 2, 128),
            v -> {
              ((DecimalVector) v).set(0, new BigDecimal("9.50"));
              ((DecimalVector) v).set(1, new BigDecimal("-10.25"));
              ((DecimalVector) v).set(3, new BigDecimal("9.50"));
            },
            "null:2",
            "-10.25:1",
            "9.50:0",
            "9.50:3"),
        type(
            "date",
            new ArrowType.Date(DateUnit.DAY),
            v -> {
              ((DateDayVector) v).set(0, 19_000);
              ((DateDayVector) v).set(1, -1);
              ((DateDayVector) v).set(3, 19_000);
            },
            "null:2",
            "-1:1",
            "19000:0",
            "19000:3"),
        type(
            "timestamp",
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, null),
            v -> {
              ((TimeStampMicroVector) v).set(0, 1_000_000);
              ((TimeStampMicroVector) v).set(1, 0);
              ((TimeStampMicroVector) v).set(3, 1_000_000);
            },
            "null:2",
            "1970-01-01T00:00:1",
            "1970-01-01T00:00:01:0",
            "1970-01-01T00:00:01:3"),
        type(
            "text",
            new ArrowType.Utf8(),
            v -> {
              text(v, 0, "b");
              text(v, 1, "");
              text(v, 3, "b");
            },
            "null:2",
            ":1",
            "b:0",
            "b:3"),
        type(
            "binary",
            new ArrowType.Binary(),
            v -> {
              ((VarBinaryVector) v).setSafe(0, new byte[] {(byte) 0xff});
              ((VarBinaryVector) v).setSafe(1, new byte[] {1, 2});
              ((VarBinaryVector) v).setSafe(3, new byte[] {(byte) 0xff});
            },
            "null:2",
            "[1, 2]:1",
            "[-1]:0",
            "[-1]:3"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyValueIsAPartitionAndSoIsNull(Field key, Keyed.Keys keys, List<String> expected) {
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = Keyed.table(connection, key, 4, keys);
      UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.ByK());
      assertThat(view.refresh().partitionsTotal()).isEqualTo(3);
      assertThat(Keyed.placed(view)).isEqualTo(expected);
    }
  }

  @Test
  void valuesThatLookAlikeAreTold() {
    List<String> values =
        List.of("a/b", "a_b", "a-b", "'", "\"", "`", "%", "é".repeat(120), "é".repeat(121), "null");
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source =
          Keyed.table(
              connection,
              Keyed.key("k", new ArrowType.Utf8()),
              values.size(),
              vector -> {
                for (int row = 0; row < values.size(); row++) {
                  text(vector, row, values.get(row));
                }
              });
      UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.ByK());
      assertThat(view.refresh().partitionsTotal()).isEqualTo(values.size());
      assertThat(Keyed.placed(view))
          .containsExactlyInAnyOrderElementsOf(
              values.stream().map(value -> value + ":" + values.indexOf(value)).toList());
    }
  }

  @Test
  void textIsOrderedByItsUtf8Bytes() {
    // In UTF-16 the second, which needs a surrogate pair, would come before the first.
    List<String> values = List.of("\uFF5E", "\uD83D\uDE00", "Z", "a");
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source =
          Keyed.table(
              connection,
              Keyed.key("k", new ArrowType.Utf8()),
              4,
              vector -> {
                for (int row = 0; row < 4; row++) {
                  text(vector, row, values.get(row));
                }
              });
      UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.ByK());
      view.refresh();
      assertThat(Keyed.placed(view)).containsExactly("Z:2", "a:3", "\uFF5E:0", "\uD83D\uDE00:1");
    }
  }

  @Test
  void theColumnNeedsNoPlainName() {
    for (var named :
        List.of(
            new Case("my col", new Partitioned.ByNameWithSpace()),
            new Case("dash-col", new Partitioned.ByNameWithDash()),
            new Case("SELECT", new Partitioned.ByKeyword()))) {
      try (Connection connection =
          Geneva.connect(database.resolve(named.column().replace(' ', '_')).toString())) {
        Table source = numbers(connection, named.column());
        UdtfView view = connection.createUdtfView("view", source.search(), named.udtf());
        view.refresh();
        assertThat(Keyed.placed(view)).containsExactly("0:0", "0:2", "1:1", "1:3");
      }
    }
  }

  private record Case(String column, dev.geneva.udtf.BatchUdtf udtf) {}

  @Test
  void theColumnMayBeALeafOfAStruct() {
    Field leaf = Keyed.key("leaf", new ArrowType.Int(64, true));
    Field struct = new Field("st", FieldType.nullable(new ArrowType.Struct()), List.of(leaf));
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source =
          Keyed.table(
              connection,
              struct,
              3,
              vector -> {
                var parent = (org.apache.arrow.vector.complex.StructVector) vector;
                BigIntVector leaves = (BigIntVector) parent.getChild("leaf");
                for (int row = 0; row < 3; row++) {
                  parent.setIndexDefined(row);
                  leaves.setSafe(row, row % 2);
                }
              });
      UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.ByLeaf());
      view.refresh();
      assertThat(Keyed.placed(view)).containsExactly("0:0", "0:2", "1:1");
    }
  }

  @Test
  void theColumnMayBeComputedByTheQuery() {
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = numbers(connection, "n");
      UdtfView view =
          connection.createUdtfView(
              "view",
              source
                  .search()
                  .select(dev.geneva.Column.of("id"), dev.geneva.Column.of("k", "id % 3")),
              new Partitioned.ByK());
      view.refresh();
      assertThat(Keyed.placed(view)).containsExactly("0:0", "0:3", "1:1", "2:2");
    }
  }

  @Test
  void theColumnMayBeDictionaryEncoded() throws java.io.IOException {
    Path fixture = Path.of("src/test/resources/python/dictionary.lance");
    try (Stream<Path> files = java.nio.file.Files.walk(fixture)) {
      for (Path file : files.toList()) {
        java.nio.file.Files.copy(
            file, database.resolve("source.lance").resolve(fixture.relativize(file).toString()));
      }
    }
    try (Connection connection = Geneva.connect(database.toString())) {
      UdtfView view =
          connection.createUdtfView(
              "view", connection.openTable("source").search(), new Partitioned.ByK());
      view.refresh();
      assertThat(Keyed.placed(view))
          .containsExactly("null:2", "a:1", "a:4", "a:8", "b:0", "b:3", "c:5", "z:7");
    }
  }

  @Test
  void theFunctionNeedNotSeeTheColumn() {
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = numbers(connection, "k");
      UdtfView view =
          connection.createUdtfView(
              "view", source.search().select("id"), new Partitioned.ByHiddenK());
      view.refresh();
      assertThat(Keyed.placed(view)).containsExactly("0:0", "0:2", "1:1", "1:3");
    }
  }

  @Test
  void aMissingColumnIsAnErrorAtCreate() {
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = numbers(connection, "kk");
      assertThatThrownBy(
              () -> connection.createUdtfView("view", source.search(), new Partitioned.ByK()))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("'k'")
          .hasMessageContaining("did you mean 'kk'?");
      assertThat(connection.udtfViewNames()).isEmpty();
    }
  }

  @Test
  void aColumnOfListsIsAnErrorAtCreate() {
    Field list =
        new Field(
            "k",
            FieldType.nullable(new ArrowType.List()),
            List.of(Keyed.key("item", new ArrowType.Int(64, true))));
    try (Connection connection = Geneva.connect(database.toString())) {
      Table source = Keyed.table(connection, list, 0, vector -> {});
      assertThatThrownBy(
              () -> connection.createUdtfView("view", source.search(), new Partitioned.ByK()))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Can't partition by column 'k'")
          .hasMessageContaining("List");
      assertThat(connection.udtfViewNames()).isEmpty();
    }
  }

  private static Table numbers(Connection connection, String column) {
    return Keyed.table(
        connection,
        Keyed.key(column, new ArrowType.Int(64, true)),
        4,
        vector -> {
          for (int row = 0; row < 4; row++) {
            ((BigIntVector) vector).setSafe(row, row % 2);
          }
        });
  }

  private static Arguments type(String name, ArrowType type, Keyed.Keys keys, String... expected) {
    return Arguments.of(Named.of(name, Keyed.key("k", type)), keys, List.of(expected));
  }

  private static ArrowType floating(FloatingPointPrecision precision) {
    return new ArrowType.FloatingPoint(precision);
  }

  private static void text(FieldVector vector, int row, String value) {
    ((VarCharVector) vector).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
  }
}
