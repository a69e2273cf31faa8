package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.TestUdtfs.ScriptedIn16MiB;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a function does wrong, its refresh fails with an error that says so, the view is as it
 * was, and nothing is left: no memory, no file, no lock.
 */
class FailingUdtfTest extends DatabaseTest {

  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 1000);
  }

  static Stream<Arguments> throwables() {
    return Stream.of(
            new IOException("checked, on purpose"),
            new IllegalStateException("unchecked, on purpose"),
            new AssertionError("an error, on purpose"),
            new StackOverflowError("deep, on purpose"),
            new InterruptedException("interrupted, on purpose"))
        .flatMap(
            error ->
                Stream.of(0, 1, 100)
                    .map(batches -> Arguments.of(Named.of(error.getMessage(), error), batches)));
  }

  @ParameterizedTest(name = "{0} after {1} batches")
  @MethodSource("throwables")
  void whatAFunctionThrowsIsTheCause(Throwable error, int batches) {
    assertFails(
            (rows, out) -> {
              for (long id = 0; id < batches; id++) {
                out.collectRecords(List.of(Item.of(id)));
              }
              throwIt(error);
            })
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContainingAll("TestUdtfs$Scripted failed after 1 attempt", error.getMessage())
        .hasCause(error)
        .satisfies(
            e -> {
              assertThat(((PartitionFailedException) e).partition()).isEmpty();
              assertThat(((PartitionFailedException) e).attempts()).isEqualTo(1);
            });
  }

  private static void throwIt(Throwable error) throws Exception {
    if (error instanceof Error e) {
      throw e;
    }
    throw (Exception) error;
  }

  @Test
  void functionThatThrowsWithAllOpenFailsByWhatItThrew() {
    IllegalStateException error = new IllegalStateException("on purpose");

    assertFails(
            (rows, out) -> {
              rows.toBatches(10).loadNextBatch();
              rows.records(Item.class).iterator().next();
              out.collect(rows.toArrow());
              rows.allocator().buffer(1000);
              throw error;
            })
        .isInstanceOf(PartitionFailedException.class)
        .hasCause(error);
  }

  @Test
  void functionThatReturnsEarlyHasYieldedWhatItHas() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  try (ArrowReader reader = rows.toBatches(10)) {
                    reader.loadNextBatch();
                    out.collect(reader.getVectorSchemaRoot());
                  }
                }));

    RefreshReport report = view.refresh();

    assertThat(report.rowsRead()).isEqualTo(10);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 10));
  }

  @Test
  void readerThatIsLeftOpenIsAnError() {
    assertFails(
            (rows, out) -> {
              ArrowReader reader = rows.toBatches(10);
              while (reader.loadNextBatch()) {
                out.collect(reader.getVectorSchemaRoot());
              }
            })
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContainingAll("left 1 of the readers open", "try-with-resources");
  }

  @Test
  void readerThatIsLeftOpenAndNeverReadIsAnErrorToo() {
    assertFails(
            (rows, out) -> {
              rows.toBatches(10);
              rows.toBatches(20);
            })
        .hasMessageContaining("left 2 of the readers open");
  }

  @Test
  void rootOfToArrowThatIsLeftOpenIsAnError() {
    assertFails((rows, out) -> out.collect(rows.toArrow()))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContainingAll("bytes open that toArrow() returned", "try-with-resources");
  }

  @Test
  void buffersThatAreLeftAllocatedAreAnError() {
    assertFails((rows, out) -> rows.allocator().buffer(1024))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("left 1024 bytes allocated");
  }

  @Test
  void vectorsOfAChildAllocatorThatAreLeftAreAnError() {
    assertFails((rows, out) -> rows.allocator().newChildAllocator("child", 0, 1 << 20).buffer(2048))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("2048 bytes");
  }

  @Test
  void ownBuffersBeyondTheMemoryAreAnErrorThatNamesTheLimit() {
    assertFails(ScriptedIn16MiB::as, (rows, out) -> rows.allocator().buffer(17 << 20).close())
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("ran out of memory, which it limits to 16777216 bytes")
        .hasCauseInstanceOf(OutOfMemoryException.class);
  }

  @Test
  void sourceBeyondTheMemoryIsAnErrorThatNamesTheLimit() {
    source.add(Item.class, Collections.nCopies(17, new Item(1, "x".repeat(1 << 20), 0)));

    assertFails(ScriptedIn16MiB::as, (rows, out) -> rows.toArrow().close())
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("ran out of memory, which it limits to 16777216 bytes")
        .hasCauseInstanceOf(OutOfMemoryException.class);
  }

  @Test
  void recordsBeyondTheMemoryAreAnErrorThatNamesTheLimit() {
    List<Item> wide = List.of(new Item(1, "x".repeat(17 << 20), 0));

    assertFails(ScriptedIn16MiB::as, (rows, out) -> out.collectRecords(wide))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("ran out of memory, which it limits to 16777216 bytes");
  }

  @Test
  void functionThatSwallowsARefusedBatchFailsAllTheSame() {
    assertFails(
            (rows, out) -> {
              new Copy(10).process(rows, out);
              try {
                out.collectRecords(List.of(new Item(1, "x", 0), new Item(2, "y", 0)));
                out.collect((VectorSchemaRoot) null);
              } catch (NullPointerException e) {
                // as if nothing had happened
              }
            })
        .isInstanceOf(PartitionFailedException.class)
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void nullRecordIsAnErrorThatNamesItsIndex() {
    List<Item> items = Arrays.asList(Item.of(0), null);

    assertFails((rows, out) -> out.collectRecords(items))
        .isInstanceOf(PartitionFailedException.class)
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void functionThatSetsTheInterruptFlagIsNotInterrupted() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  Thread.currentThread().interrupt();
                  new Copy(10).process(rows, out);
                }));

    assertThat(view.refresh().rowsWritten()).isEqualTo(1000);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void sourceThatCannotBeReadIsAStorageError() throws Exception {
    var data = database.resolve("items.lance/data");
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    Files.delete(data.resolve(Tree.names(data).get(0)));

    assertThatThrownBy(view::refresh)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("'items'");

    assertThat(view.version()).isEqualTo(1);
    assertThat(view.history().get(0).outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
  }

  @Test
  void dataFolderThatCannotBeWrittenIsAStorageError() throws Exception {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    Files.writeString(database.resolve("view.lance/data"), "in the way");

    assertThatThrownBy(view::refresh)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("'view'");

    assertThat(view.version()).isEqualTo(1);
    assertThat(view.history().get(0).outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
    Files.delete(database.resolve("view.lance/data"));
    assertThat(view.refresh().rowsWritten()).isEqualTo(1000);
  }

  @Test
  void logThatCannotBeWrittenIsAStorageErrorBeforeAnyWork() throws Exception {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    Files.writeString(
        database.resolve("_geneva").resolve(view.definition().uuid().toString()), "in the way");

    assertThatThrownBy(view::refresh).isInstanceOf(StorageException.class);

    assertThat(view.version()).isEqualTo(1);
    assertThat(Tree.names(database.resolve("view.lance/data"))).isEmpty();
  }

  @Test
  void failuresInARowDoNotAddUp() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  out.collect(rows.toArrow());
                  throw new IllegalStateException("on purpose");
                }));
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(view::refresh).isInstanceOf(PartitionFailedException.class);
    }

    assertThat(Tree.names(database.resolve("view.lance/data"))).as("the first one's").hasSize(1);
    assertThat(view.history()).hasSize(20);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("geneva-view-"));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(BatchUdtf script) {
    return assertFails(Scripted::as, script);
  }

  /** The view has rows before, and the same rows and version after; then it recovers. */
  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      Function<BatchUdtf, BatchUdtf> form, BatchUdtf script) {
    AtomicReference<BatchUdtf> present = new AtomicReference<>(new Copy(100));
    UdtfView view =
        connection.createUdtfView(
            "view", source.search(), form.apply((rows, out) -> present.get().process(rows, out)));
    view.refresh();
    final long rows = view.countRows();
    present.set(script);
    long version = source.add(Item.class, List.of(Item.of(1000)));

    Throwable thrown = catchThrowable(view::refresh);

    assertThat(thrown).isNotNull();
    assertThat(view.version()).isEqualTo(2);
    assertThat(view.countRows()).isEqualTo(rows);
    RefreshRecord last = view.history().get(0);
    assertThat(last.outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
    assertThat(last.cause()).contains(thrown.toString());
    present.set(new Copy(100)); // yields other batches than what failed
    RefreshOptions anew = RefreshOptions.builder().checkpoints(CheckpointPolicy.off()).build();
    assertThat(view.refresh(anew).sourceVersion()).isEqualTo(version);
    return assertThat(thrown);
  }
}
