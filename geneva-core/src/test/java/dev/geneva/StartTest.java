package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where processes have their native library from. */
@EnabledOnOs(OS.LINUX) // where a process can say which files it has loaded
class StartTest {

  @TempDir Path folder;

  private Path database;

  /** Opens a table, and says where its native library is. */
  static final class OpenTable {
    private OpenTable() {}

    public static void main(String[] arguments) throws IOException {
      try (Connection connection = Geneva.connect(arguments[0])) {
        System.out.println(connection.openTable("t").countRows());
      }
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        maps.filter(line -> line.contains("lance_jni"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .forEach(System.out::println);
      }
    }
  }

  @BeforeEach
  void makeTable() {
    database = folder.resolve("db");
    try (Connection connection = Geneva.connect(database.toString())) {
      connection.createTable("t", Id.class, List.of(new Id(1), new Id(2)));
    }
  }

  private Path start(String cache) throws Exception {
    List<String> flags = new ArrayList<>(ChildJvm.lanceFlags());
    flags.add("-Dgeneva.nativeCache=" + cache);
    try (ChildJvm child = new ChildJvm(folder, flags, OpenTable.class, database.toString())) {
      child.expect("2");
      List<String> libraries = child.rest();
      assertThat(child.exitCode()).as(child.errors()).isZero();
      assertThat(libraries).hasSize(1);
      return Path.of(libraries.get(0));
    }
  }

  @Test
  void laterProcessesLoadWhatTheFirstOneUnpacked() throws Exception {
    Path cache = folder.resolve("cache");

    Path first = start(cache.toString());
    FileTime written = Files.getLastModifiedTime(first);
    Path second = start(cache.toString());

    assertThat(first).hasParent(cache.toRealPath());
    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(second)).isEqualTo(written);
  }

  @Test
  void turnedOffOrWithoutAPlaceEachProcessUnpacksItsOwn() throws Exception {
    Path file = Files.createFile(folder.resolve("a-file"));

    assertThat(start("off")).doesNotExist();
    assertThat(start(file.resolve("cache").toString())).doesNotExist();
  }
}
