package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.StorageException;
import dev.geneva.internal.fixture.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanReaderTest {

  private static final ScanRequest ALL =
      new ScanRequest(List.of("id", "name"), Optional.empty(), OptionalLong.empty(), 0, 10);

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void createTable() {
    database = new TestDatabase(folder);
    database.create("t", 0, 1000);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void closingTwiceIsClosingOnce() throws IOException {
    try (LanceDataset dataset = database.open("t")) {
      ArrowReader reader = dataset.scan(ALL, database.allocator());
      assertThat(reader.loadNextBatch()).isTrue();
      reader.close();
      reader.close();
      reader.close(false);

      assertThat(dataset.retain().countRows(Optional.empty())).isEqualTo(1000);
      dataset.close();
    }
  }

  @Test
  void closingInTheMiddleOrBeforeTheBeginningReleasesEverything() throws IOException {
    long before = database.allocator().getAllocatedMemory();
    for (int batches = 0; batches < 3; batches++) {
      try (LanceDataset dataset = database.open("t");
          ArrowReader reader = dataset.scan(ALL, database.allocator())) {
        for (int i = 0; i < batches; i++) {
          assertThat(reader.loadNextBatch()).isTrue();
          assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(10);
        }
      }
      assertThat(database.allocator().getAllocatedMemory()).isEqualTo(before);
    }
  }

  @Test
  void readingOnAfterTheEndStaysAtTheEnd() throws IOException {
    try (LanceDataset dataset = database.open("t");
        ArrowReader reader =
            dataset.scan(
                new ScanRequest(List.of("id"), Optional.empty(), OptionalLong.of(5), 0, 10),
                database.allocator())) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.loadNextBatch()).isFalse();
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void aClosedReaderSaysSo() throws IOException {
    try (LanceDataset dataset = database.open("t")) {
      ArrowReader reader = dataset.scan(ALL, database.allocator());
      reader.close();

      assertThatThrownBy(reader::loadNextBatch)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The reader is closed, reading 't'");
    }
  }

  @Test
  void aTruncatedDataFileIsTheStoragesFailure() throws IOException {
    Path file = database.table("t").resolve(database.dataFiles("t").get(0));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    }

    assertThatThrownBy(() -> database.ids("t"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The storage failed reading 't': ");
  }

  @Test
  void aMissingDataFileIsNamed() throws IOException {
    Path file = database.table("t").resolve(database.dataFiles("t").get(0));
    Files.delete(file);

    assertThatThrownBy(() -> database.ids("t"))
        .isInstanceOf(dev.geneva.GenevaException.class)
        .hasMessageContaining(file.getFileName().toString());
  }
}
