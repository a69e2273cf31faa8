package dev.geneva.internal.arrow;

import java.io.IOException;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is handed to native code, made of batches whose buffers are taken over. Its schema
 * is fixed, so that a column is non-null in it even if the vector that it came in was nullable.
 * What a batch's source throws is kept, as native code would only pass its text on.
 */
public final class LoadingReader extends ArrowReader {

  /** Where the batches come from. */
  @FunctionalInterface
  public interface Batches {

    /** The next batch, which the reader then owns; empty at the end. */
    Optional<ArrowRecordBatch> next() throws Exception;

    /** Called when the reader is closed, possibly more than once. */
    default void close() throws IOException {}
  }

  private final VectorSchemaRoot root;
  private final VectorLoader loader;
  private final DictionaryProvider dictionaryProvider;
  private final Batches batches;
  private @Nullable Throwable failure;

  /**
   * Makes a stream.
   *
   * @param allocator for the root; remains the caller's
   */
  public LoadingReader(
      Schema schema,
      DictionaryProvider dictionaryProvider,
      Batches batches,
      BufferAllocator allocator) {
    super(allocator);
    this.root = VectorSchemaRoot.create(schema, allocator);
    this.loader = new VectorLoader(root);
    this.dictionaryProvider = dictionaryProvider;
    this.batches = batches;
  }

  /** What the source threw. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return root;
  }

  @Override
  public boolean loadNextBatch() {
    try {
      Optional<ArrowRecordBatch> next = batches.next();
      if (next.isEmpty()) {
        root.clear();
        return false;
      }
      try (ArrowRecordBatch batch = next.get()) {
        loader.load(batch);
      }
      return true;
    } catch (Throwable e) {
      failure = e;
      if (e instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Dictionary lookup(long id) {
    return dictionaryProvider.lookup(id);
  }

  @Override
  public java.util.Set<Long> getDictionaryIds() {
    return dictionaryProvider.getDictionaryIds();
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  /** Releases the last batch. May be called more than once. */
  @Override
  public void close(boolean closeReadSource) throws IOException {
    root.close();
    batches.close();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return root.getSchema();
  }
}
