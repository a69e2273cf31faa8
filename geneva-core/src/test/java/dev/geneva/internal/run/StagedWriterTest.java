package dev.geneva.internal.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.CheckpointPolicy;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.lance.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedWriterTest {

  @TempDir Path folder;
  private RunFixture fixture;

  @BeforeEach
  void createTables() {
    fixture = new RunFixture(folder);
  }

  @AfterEach
  void nothingIsLeft() {
    await()
        .atMost(30, SECONDS)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().endsWith("-writer")));
    assertThat(fixture.batches().getAllocatedMemory()).isZero();
    fixture.close();
  }

  @Test
  void batchesBecomeFilesThatNobodySees() {
    List<StagedFile> files;
    try (StagedWriter writer = writer(true)) {
      for (int i = 0; i < 20; i++) {
        write(writer, i * 50L, 50);
      }
      files = writer.finish();
    }

    assertThat(files).hasSize(1);
    assertThat(files.get(0).rows()).isEqualTo(1000);
    assertThat(dataFiles()).containsExactly("data/" + files.get(0).path());
    assertThat(fixture.database().ids("view")).isEmpty();
  }

  @Test
  void whereNothingIsWrittenThereIsNoFileAndNoThread() {
    try (StagedWriter writer = writer(true)) {
      assertThat(writer.finish()).isEmpty();
    }
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void anAbandonedWriterLeavesNoFile() {
    try (StagedWriter writer = writer(false)) {
      for (int i = 0; i < 10; i++) {
        write(writer, i * 50L, 50);
      }
    }
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void closingAfterTheEndKeepsTheFiles() {
    StagedWriter writer = writer(false);
    write(writer, 0, 50);
    List<StagedFile> files = writer.finish();
    writer.close();
    writer.close();

    assertThat(dataFiles()).containsExactly("data/" + files.get(0).path());
  }

  @Test
  void whatTheStorageRefusesReachesWhoeverWritesNext() throws IOException {
    blockData();
    try (StagedWriter writer = writer(false)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  write(writer, 0, 50);
                }
              })
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("The storage failed writing data files of 'view': ");
      assertThatThrownBy(() -> write(writer, 0, 50)).isInstanceOf(StorageException.class);
      assertThatThrownBy(writer::finish).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void whatTheStorageRefusesReachesWhoeverFinishes() throws IOException {
    blockData();
    try (StagedWriter writer = writer(false)) {
      write(writer, 0, 50);

      assertThatThrownBy(writer::finish)
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("The storage failed writing data files of 'view': ");
    }
  }

  @Test
  void eachBatchIsDurableWhenTheCallReturnsIfItHasToBe() {
    List<DurableBatches> reported = new ArrayList<>();
    try (StagedWriter writer = writer(CheckpointPolicy.everyBatch(), reported::add)) {
      for (int i = 1; i <= 3; i++) {
        write(writer, i * 50L, 50);
        assertThat(reported).hasSize(i);
        assertThat(reported.get(i - 1).files()).hasSize(1);
      }
      assertThat(writer.finish()).hasSize(3);
      assertThat(writer.unreported().isEmpty()).isTrue();
    }
  }

  @Test
  void whoeverWaitsForABatchToBeDurableIsToldThatItCannotBe() {
    Consumer<DurableBatches> refuses =
        batches -> {
          throw new StorageException("the log can't be written");
        };
    try (StagedWriter writer = writer(CheckpointPolicy.everyBatch(), refuses)) {
      assertThatThrownBy(() -> write(writer, 0, 50))
          .isInstanceOf(StorageException.class)
          .hasMessage("the log can't be written");
      assertThatThrownBy(() -> write(writer, 0, 50))
          .isInstanceOf(StorageException.class)
          .hasMessage("the log can't be written");
    }
  }

  @Test
  void anInterruptDuringTheEndIsKept() {
    try (StagedWriter writer = writer(false)) {
      write(writer, 0, 50);
      Thread.currentThread().interrupt();

      assertThat(writer.finish()).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** A file stands where the folder of data files would be. */
  private void blockData() throws IOException {
    Files.writeString(fixture.database().table("view").resolve("data"), "in the way");
  }

  private List<String> dataFiles() {
    return fixture.database().dataFiles("view");
  }

  private StagedWriter writer(CheckpointPolicy policy, Consumer<DurableBatches> report) {
    return new StagedWriter(
        fixture.workplace(1), "view", IdRows.SCHEMA, CheckpointWindow.beginning(policy), report);
  }

  private StagedWriter writer(boolean syncToDisk) {
    Workplace workplace = fixture.workplace(1);
    return new StagedWriter(
        new Workplace(
            workplace.ordinals(),
            workplace.storage(),
            workplace.source(),
            workplace.allocator(),
            syncToDisk,
            workplace.counters(),
            workplace.skips(),
            workplace.checkpoints(),
            workplace.watch(),
            workplace.cancellation()),
        "view",
        IdRows.SCHEMA);
  }

  private void write(StagedWriter writer, long begin, int rows) {
    try (VectorSchemaRoot batch = RunFixture.batch(fixture.batches(), begin, rows)) {
      writer.write(
          BatchCopy.copy(batch, fixture.batches()), List.of(), new MapDictionaryProvider());
    }
  }
}
