package dev.geneva.udtf.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.ArrowRecordConverter;
import dev.geneva.udtf.ArrowRecordConverter.RowReader;
import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import dev.geneva.udtf.processor.fixture.RandomRecords;
import dev.geneva.udtf.processor.fixture.RecordValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Property: what a generated converter writes, it reads back, whatever the record. */
class RoundTripTest {

  private static final int RECORD_TYPES = 60;
  private static final int[] ROWS = {0, 1, 7, 8, 40, 3};

  @Test
  void randomRecordsOfRandomTypesComeBackEqual(@TempDir Path folder) throws Exception {
    Random random = new Random(20260101);
    Map<String, String> sources = RandomRecords.sources(RECORD_TYPES, random);

    CompiledSources compiled = CompiledSources.compile(Tool.JAVAC, folder, sources);

    assertThat(compiled.said()).isEmpty();
    try (URLClassLoader loader = compiled.loader()) {
      for (int i = 0; i < RECORD_TYPES; i++) {
        roundTrip(
            loader, RandomRecords.className(i), random, sources.get(RandomRecords.fileName(i)));
      }
    }
  }

  private static void roundTrip(
      ClassLoader loader, String name, RandomGenerator random, String source) throws Exception {
    Class<?> type = loader.loadClass(name);
    @SuppressWarnings("unchecked")
    ArrowRecordConverter<Record> converter =
        (ArrowRecordConverter<Record>)
            loader.loadClass(name + "_ArrowConverter").getConstructor().newInstance();
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(converter.schema(), allocator)) {
      RowReader<Record> reader = converter.reader(root);
      for (int rows : ROWS) {
        List<Record> records = RandomRecords.rows(type, rows, random);

        converter.write(records, root);

        assertThat(root.getRowCount()).isEqualTo(rows);
        assertRead(reader, records, source);
        assertRowsAfterIpc(converter, allocator, root, records, source);
      }
    }
  }

  /** The stream format has its own idea of what a valid vector is. */
  private static void assertRowsAfterIpc(
      ArrowRecordConverter<Record> converter,
      BufferAllocator allocator,
      VectorSchemaRoot root,
      List<Record> records,
      String source)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
      writer.writeBatch();
    }
    try (ArrowStreamReader stream =
        new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
      VectorSchemaRoot copy = stream.getVectorSchemaRoot();
      RowReader<Record> reader = converter.reader(copy);
      assertThat(stream.loadNextBatch()).isTrue();
      assertThat(copy.getRowCount()).isEqualTo(records.size());
      assertRead(reader, records, source);
    }
  }

  private static void assertRead(RowReader<Record> reader, List<Record> records, String source) {
    for (int row = 0; row < records.size(); row++) {
      Record read = reader.read(row);
      if (!RecordValues.equal(records.get(row), read)) {
        throw new AssertionError(
            "row %d of %s:%nwrote %s%nread  %s%n%s"
                .formatted(row, records.size(), records.get(row), read, source));
      }
    }
  }
}
