package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that Python's lancedb wrote, in its own file format; {@code make.py} made it. */
class PythonTableTest {

  @TempDir Path database;

  @BeforeEach
  void copyTables() throws IOException {
    copy("from_python.lance");
    copy("dictionary.lance");
  }

  private void copy(String table) throws IOException {
    Path fixture = Path.of("src/test/resources/python", table);
    try (Stream<Path> files = Files.walk(fixture)) {
      for (Path file : files.toList()) {
        Files.copy(file, database.resolve(table).resolve(fixture.relativize(file).toString()));
      }
    }
  }

  @Test
  void isReadWithDeletedRowsLeftOut() {
    try (Connection connection = Geneva.connect(database.toString());
        VectorSchemaRoot rows = connection.openTable("from_python").search().toArrow()) {
      assertThat(rows.contentToTSVString())
          .isEqualTo(
              """
              id\tlabel\tvec\tphash
              1\ta\t[1.0,2.0]\t[1,1,1,1,1,1,1,1]
              3\t'q'\t[5.0,6.0]\t[0,0,0,0,0,0,0,0]
              null\tnull\t[7.0,8.0]\tnull
              9\tz\t[0.0,0.0]\t[3,3,3,3,3,3,3,3]
              """);
    }
  }

  @Test
  void isAppendedToInItsOwnFormat() {
    try (Connection connection = Geneva.connect(database.toString())) {
      Table table = connection.openTable("from_python");
      long before = table.version();
      try (VectorSchemaRoot rows = table.search().toArrow()) {
        assertThat(table.add(rows)).isEqualTo(before + 1);
      }
      assertThat(table.countRows()).isEqualTo(8);
      assertThat(table.search().where("id = 9").countRows()).isEqualTo(2);
    }
  }

  @Test
  void dictionaryEncodedColumnIsReadAsItsValues() {
    try (Connection connection = Geneva.connect(database.toString());
        VectorSchemaRoot rows = connection.openTable("dictionary").search().toArrow()) {
      assertThat(rows.contentToTSVString())
          .isEqualTo("id\tk\n0\tb\n1\ta\n2\tnull\n3\tb\n4\ta\n5\tc\n7\tz\n8\ta\n");
      assertThat(connection.openTable("dictionary").schema()).isEqualTo(rows.getSchema());
    }
  }
}
