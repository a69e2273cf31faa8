package dev.geneva.internal.run;

import dev.geneva.StorageException;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one attempt's batches to data files of a view, on a thread of its own that begins with the
 * first batch. Used by one thread.
 */
final class StagedWriter implements AutoCloseable {

  private final LanceStorage storage;
  private final String view;
  private final Schema schema;
  private final BufferAllocator allocator;
  private final boolean syncToDisk;
  private final BatchQueue queue = new BatchQueue();

  private @Nullable Thread writer;
  // Written by the writer's thread, read after it was joined or said to be gone.
  private volatile @Nullable List<StagedFile> files;
  private volatile @Nullable Throwable failure;

  StagedWriter(Workplace workplace, String view, Schema schema) {
    this.storage = workplace.storage();
    this.view = view;
    this.schema = schema;
    this.allocator = workplace.allocator();
    this.syncToDisk = workplace.syncToDisk();
  }

  /**
   * Adds a batch, which this object then owns; waits while the writer lags.
   *
   * @throws RuntimeException if the storage failed
   */
  void write(ArrowRecordBatch batch, DictionaryProvider dictionaries) {
    if (writer == null) {
      writer = new Thread(() -> run(dictionaries), Thread.currentThread().getName() + "-writer");
      writer.setDaemon(true);
      writer.start();
    }
    if (!queue.put(batch)) {
      throw rethrown();
    }
  }

  /**
   * Writes the last batches.
   *
   * @return the files, safe on disk if that was asked for; none if there was no batch
   */
  List<StagedFile> finish() {
    queue.complete();
    join();
    if (failure != null) {
      throw rethrown();
    }
    List<StagedFile> staged = files == null ? List.of() : files;
    if (syncToDisk) {
      storage.forceDataFiles(view, staged);
    }
    return staged;
  }

  /** Abandons what was written, unless {@link #finish} succeeded. */
  @Override
  public void close() {
    queue.abandon(new IllegalStateException("The attempt has ended."));
    join();
  }

  private void run(DictionaryProvider dictionaries) {
    try (LoadingReader reader = new LoadingReader(schema, dictionaries, queue::take, allocator)) {
      files = storage.stage(view, reader);
    } catch (Throwable e) {
      failure = e;
    } finally {
      queue.writerGone();
    }
  }

  private RuntimeException rethrown() {
    join();
    Throwable cause = failure;
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new StorageException(
            "The writer of view '" + view + "' ended: " + cause,
            cause == null ? new IllegalStateException() : cause);
  }

  private void join() {
    Thread running = writer;
    if (running == null) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        running.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
