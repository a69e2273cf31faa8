package dev.geneva.internal.run;

import dev.geneva.CheckpointPolicy;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one attempt's batches to data files of a view, on threads of its own that begin with the
 * first batch. Whenever a window closes, a file ends and what it holds is reported. Used by one
 * thread.
 */
final class StagedWriter implements AutoCloseable {

  private final LanceStorage storage;
  private final String view;
  private final Schema schema;
  private final BufferAllocator allocator;
  private final boolean syncToDisk;
  private final CheckpointWindow window;
  private final Consumer<DurableBatches> report;
  private final BatchQueue queue = new BatchQueue();

  /** Those of the batches in the queue, in the same order. */
  private final Queue<List<BatchMark>> marks = new ConcurrentLinkedQueue<>();

  private @Nullable Thread writer;
  private long submitted;
  private long written; // guarded by the queue
  // Written by the threads of the files, one after the other; read after the writer's was joined.
  private final List<StagedFile> files = new ArrayList<>();
  private volatile DurableBatches unreported = DurableBatches.NONE;
  private volatile @Nullable Throwable failure;

  /** Writes one file, or as many as one file's limits ask for, and reports nothing. */
  StagedWriter(Workplace workplace, String view, Schema schema) {
    this(
        workplace, view, schema, CheckpointWindow.beginning(CheckpointPolicy.off()), batches -> {});
  }

  /**
   * Writes batches.
   *
   * @param report is told, by one thread at a time, of what is durable, except for the last file
   */
  StagedWriter(
      Workplace workplace,
      String view,
      Schema schema,
      CheckpointWindow window,
      Consumer<DurableBatches> report) {
    this.storage = workplace.storage();
    this.view = view;
    this.schema = schema;
    this.allocator = workplace.allocator();
    this.syncToDisk = workplace.syncToDisk();
    this.window = window;
    this.report = report;
  }

  /**
   * Adds a batch, which this object then owns; waits while the writer lags, or until the batch is
   * durable if each has to be.
   *
   * @param itsMarks of the batches that the function yielded and that are in this one
   * @throws RuntimeException if the storage failed
   */
  void write(ArrowRecordBatch batch, List<BatchMark> itsMarks, DictionaryProvider dictionaries) {
    if (writer == null) {
      writer = new Thread(() -> run(dictionaries), Thread.currentThread().getName() + "-writer");
      writer.setDaemon(true);
      writer.start();
    }
    marks.add(itsMarks);
    submitted++;
    if (!queue.put(batch) || (window.policy().isEveryBatch() && !awaitWritten())) {
      throw rethrown();
    }
  }

  private boolean awaitWritten() {
    boolean interrupted = false;
    try {
      synchronized (queue) {
        while (written < submitted && failure == null) {
          try {
            queue.wait();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        return failure == null;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
    return files();
  }

  /** The last batches, which were written but not reported. To be called after the end. */
  DurableBatches unreported() {
    return unreported;
  }

  /** The files that were written. To be called after the end. */
  List<StagedFile> files() {
    return List.copyOf(files);
  }

  /** Abandons what is being written, unless {@link #finish} succeeded; whole files stay. */
  @Override
  public void close() {
    queue.abandon(new IllegalStateException("The attempt has ended."));
    join();
  }

  /**
   * Begins file after file, each as soon as the one before has all its batches: Lance takes a while
   * to end a file, and the disk to force it. There are two at a time at most.
   */
  private void run(DictionaryProvider dictionaries) {
    String name = Thread.currentThread().getName();
    // The same two all the time: native code keeps memory for each thread that comes along.
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            work -> {
              Thread thread = new Thread(work, name + "-file");
              thread.setDaemon(true);
              return thread;
            });
    CompletableFuture<Void> previous = CompletableFuture.completedFuture(null);
    try {
      while (queue.awaitNext()) {
        Span span = new Span();
        CompletableFuture<Void> before = previous;
        CompletableFuture<Void> file =
            CompletableFuture.runAsync(() -> write(span, dictionaries, before), threads);
        previous = file;
        CompletableFuture.anyOf(span.complete, file).get();
        before.get();
      }
      previous.get();
    } catch (Throwable e) {
      fail(e);
    } finally {
      previous.exceptionally(e -> null).join();
      threads.shutdown();
      queue.writerGone();
    }
  }

  /** Writes a file, and then has it reported after the one before. */
  private void write(Span span, DictionaryProvider dictionaries, CompletableFuture<Void> before) {
    try {
      List<StagedFile> staged;
      try (LoadingReader reader = new LoadingReader(schema, dictionaries, span, allocator)) {
        staged = storage.stage(view, reader);
      }
      before.join();
      files.addAll(staged);
      force(staged);
      DurableBatches batches = new DurableBatches(staged, span.taken);
      if (span.last) {
        unreported = batches;
      } else {
        report.accept(batches);
        synchronized (queue) {
          written += span.batches;
          queue.notifyAll();
        }
      }
    } catch (Throwable e) {
      fail(e);
      // Wakes whoever waits for a batch of the next file, which may never come.
      queue.abandon(new IllegalStateException("What was written can't be made durable."));
      throw new CompletionException(e);
    }
  }

  /** The first failure counts. */
  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  private void force(List<StagedFile> staged) {
    if (syncToDisk) {
      storage.files(view).force(staged);
    }
  }

  /** The batches of one window. */
  private final class Span implements LoadingReader.Batches {
    private final List<BatchMark> taken = new ArrayList<>();
    private final long begin = System.nanoTime();
    private final long patience = window.nanos(begin);
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private int batches;
    private long bytes;

    /** Whether there is no batch after these. */
    private boolean last;

    @Override
    public Optional<ArrowRecordBatch> next() throws InterruptedException {
      Optional<ArrowRecordBatch> next = isFull() ? Optional.empty() : take();
      if (next.isPresent()) {
        batches++;
        bytes += next.get().computeBodyLength();
        taken.addAll(marks.remove());
      } else if (!complete.isDone()) {
        last = queue.isAtEnd();
        complete.complete(null);
      }
      return next;
    }

    private long left() {
      return patience - (System.nanoTime() - begin);
    }

    private boolean isFull() {
      return complete.isDone() || (batches > 0 && (left() <= 0 || bytes >= window.bytes()));
    }

    private Optional<ArrowRecordBatch> take() throws InterruptedException {
      return batches == 0 ? queue.take() : queue.take(left());
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
    Joining.join(running);
  }
}
