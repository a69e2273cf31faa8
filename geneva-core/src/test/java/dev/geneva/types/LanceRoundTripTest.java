package dev.geneva.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Table;
import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import dev.geneva.udtf.processor.fixture.RandomRecords;
import dev.geneva.udtf.processor.fixture.RecordValues;
import dev.geneva.udtf.processor.fixture.TypesPage;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to Lance as records comes back equal, whatever the record. */
class LanceRoundTripTest {

  private static final int RECORD_TYPES = 40;
  private static final int[] ROWS = {0, 1, 8, 41};

  /** More than one batch, and more than one page of the file. */
  private static final int MANY_ROWS = 5_000;

  @TempDir Path folder;

  @Test
  void eachTypeOfThePageKeepsItsColumnAndItsValues() throws Exception {
    TypesPage page = TypesPage.read(Path.of("..", "docs"));
    CompiledSources compiled =
        CompiledSources.compile(Tool.JAVAC, folder.resolve("compiled"), page.typeSources());
    assertThat(compiled.said()).isEmpty();
    Random random = new Random(20260102);
    try (URLClassLoader loader = compiled.loader();
        Connection connection = Geneva.connect(folder.resolve("db").toString())) {
      for (int i = 0; i < page.types().size(); i++) {
        Class<Record> type = load(loader, TypesPage.className(i));
        for (int rows : new int[] {0, MANY_ROWS}) {
          Table table =
              assertComesBack(
                  connection,
                  "t" + i + "_" + rows,
                  type,
                  RandomRecords.rows(type, rows, random),
                  page.types().get(i).component());
          Field column = table.schema().getFields().get(0);
          assertThat(column.toString().replaceFirst("^x: ", ""))
              .as(page.types().get(i).component())
              .isEqualTo(page.types().get(i).arrowType());
        }
      }
    }
  }

  @Test
  void randomRecordsOfRandomTypesComeBackEqual() throws Exception {
    Random random = new Random(20260103);
    Map<String, String> sources = RandomRecords.sources(RECORD_TYPES, random);
    CompiledSources compiled =
        CompiledSources.compile(Tool.JAVAC, folder.resolve("compiled"), sources);
    assertThat(compiled.said()).isEmpty();
    try (URLClassLoader loader = compiled.loader();
        Connection connection = Geneva.connect(folder.resolve("db").toString())) {
      for (int i = 0; i < RECORD_TYPES; i++) {
        Class<Record> type = load(loader, RandomRecords.className(i));
        String source = sources.get(RandomRecords.fileName(i));
        for (int rows : ROWS) {
          Table table =
              assertComesBack(
                  connection,
                  "t" + i + "_" + rows,
                  type,
                  RandomRecords.rows(type, rows, random),
                  source);
          assertAppended(table, type, RandomRecords.rows(type, 3, random), source);
        }
      }
    }
  }

  private static Table assertComesBack(
      Connection connection, String name, Class<Record> type, List<Record> rows, String source) {
    Table table = connection.createTable(name, type, rows);
    assertEqual(rows, read(table, type), source);
    return table;
  }

  private static void assertAppended(
      Table table, Class<Record> type, List<Record> added, String source) {
    List<Record> before = read(table, type);
    table.add(type, added);
    assertEqual(Stream.concat(before.stream(), added.stream()).toList(), read(table, type), source);
  }

  private static List<Record> read(Table table, Class<Record> type) {
    try (Stream<Record> rows = table.search().records(type)) {
      return rows.toList();
    }
  }

  private static void assertEqual(List<Record> written, List<Record> read, String source) {
    assertThat(read).as(source).hasSameSizeAs(written);
    for (int row = 0; row < written.size(); row++) {
      if (!RecordValues.equal(written.get(row), read.get(row))) {
        throw new AssertionError(
            "row %d of %d:%nwrote %s%nread  %s%n%s"
                .formatted(row, written.size(), written.get(row), read.get(row), source));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Class<Record> load(ClassLoader loader, String name) throws ClassNotFoundException {
    return (Class<Record>) loader.loadClass(name);
  }
}
