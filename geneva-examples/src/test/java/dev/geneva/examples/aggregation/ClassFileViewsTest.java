package dev.geneva.examples.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.examples.aggregation.ClassNames.ClassName;
import dev.geneva.examples.aggregation.SizeRanks.Ranked;
import dev.geneva.examples.fixture.DatabaseTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The streaming and the bulk function over class files. */
class ClassFileViewsTest extends DatabaseTest {

  private static ClassFile file(long rowId, String path, long bytes) {
    return new ClassFile(rowId, "m", path, bytes);
  }

  @Test
  void pathsAreTakenApart() {
    Table files =
        source(
            ClassFile.class,
            List.of(
                file(0, "java/util/Map.class", 1),
                file(1, "java/util/Map$Entry.class", 1),
                file(2, "java/util/package-info.class", 1),
                file(3, "module-info.class", 1),
                file(4, "Unnamed.class", 1)));

    assertThat(compute(files, new ClassNames(), ClassName.class))
        .containsExactly(
            new ClassName(0, "java.util", "Map", false),
            new ClassName(1, "java.util", "Map$Entry", true),
            new ClassName(4, "", "Unnamed", false));
  }

  @Test
  void aBatchIsYieldedForEachThatIsRead() {
    Table files =
        source(
            ClassFile.class,
            LongStream.range(0, 3000).mapToObj(i -> file(i, "C" + i + ".class", 1)).toList());

    RefreshReport report =
        connection.createUdtfView("names", files.search(), new ClassNames()).refresh();

    assertThat(report.rowsWritten()).isEqualTo(3000);
    assertThat(report.batchesWritten()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void filesAreRankedBySizeThenRowId() {
    Table files =
        source(
            ClassFile.class,
            List.of(file(7, "a", 10), file(3, "b", 60), file(5, "c", 20), file(4, "d", 10)));

    assertThat(compute(files, new SizeRanks(), Ranked.class))
        .containsExactly(
            new Ranked(3, 1, 0.6),
            new Ranked(5, 2, 0.8),
            new Ranked(4, 3, 0.9),
            new Ranked(7, 4, 1.0));
  }

  @Test
  void emptyFilesAreRankedToo() {
    assertThat(
            compute(
                source(ClassFile.class, List.of(file(1, "a", 0))), new SizeRanks(), Ranked.class))
        .containsExactly(new Ranked(1, 1, 1.0));
  }

  @Test
  void theJdkHasClassFilesInModules() throws IOException {
    assertThat(ClassFile.ofJdk())
        .hasSizeGreaterThan(5000)
        .anyMatch(
            file ->
                file.module().equals("java.base")
                    && file.path().equals("java/lang/Object.class")
                    && file.bytes() > 100);
  }
}
