package dev.geneva.internal.lance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.lance.ipc.LanceScanner;

/**
 * A scan. Lance's own reader can't be closed twice, hangs if another thread closes it while it
 * reads, and leaves its scanner open; this one does none of that.
 */
final class ScanReader extends ArrowReader {

  private final String what;
  private final List<String> columns;
  private final LanceScanner scanner;
  private final ArrowReader rows;
  private final Runnable release;
  private final @Nullable VectorSchemaRoot decoded;
  private boolean closed;

  /**
   * Takes over a scanner.
   *
   * @param what for error messages, such as {@code "reading table 'images'"}
   * @param columns names of the dataset's columns, for error messages
   * @param dictionaries columns that are read as their values
   * @param release runs once, when this reader is closed
   */
  ScanReader(
      String what,
      List<String> columns,
      DictionaryColumns dictionaries,
      LanceScanner scanner,
      ArrowReader rows,
      BufferAllocator allocator,
      Runnable release) {
    super(allocator);
    this.what = what;
    this.columns = columns;
    this.scanner = scanner;
    this.rows = rows;
    this.release = release;
    this.decoded = decoded(dictionaries, rows, allocator);
  }

  private static @Nullable VectorSchemaRoot decoded(
      DictionaryColumns dictionaries, ArrowReader rows, BufferAllocator allocator) {
    try {
      Schema schema = rows.getVectorSchemaRoot().getSchema();
      return dictionaries.isNoneOf(schema)
          ? null
          : VectorSchemaRoot.create(dictionaries.decoded(schema), allocator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return decoded == null ? rows.getVectorSchemaRoot() : decoded;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return decoded == null ? rows.getDictionaryVectors() : Map.of();
  }

  @Override
  public Dictionary lookup(long id) {
    return rows.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return decoded == null ? rows.getDictionaryIds() : Set.of();
  }

  @Override
  public boolean loadNextBatch() {
    if (closed) {
      throw new IllegalStateException("The reader is closed, " + what);
    }
    try {
      if (!rows.loadNextBatch()) {
        if (decoded != null) {
          decoded.clear();
        }
        return false;
      }
      if (decoded != null) {
        DictionaryColumns.decode(rows.getVectorSchemaRoot(), rows.getDictionaryVectors(), decoded);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      throw LanceErrors.translate(what, e, columns);
    }
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (decoded != null) {
        decoded.close();
      }
      rows.close();
      scanner.close();
    } catch (Exception e) {
      throw LanceErrors.translate(what, e);
    } finally {
      release.run();
    }
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return getVectorSchemaRoot().getSchema();
  }
}
