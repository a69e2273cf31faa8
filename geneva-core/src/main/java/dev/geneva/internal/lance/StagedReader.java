package dev.geneva.internal.lance;

import dev.geneva.internal.arrow.BatchCopy;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.jspecify.annotations.Nullable;
import org.lance.file.LanceFileReader;

/** The rows of staged files, one file after the other. Used by one thread. */
final class StagedReader implements AutoCloseable {

  private static final int BATCH = 8192;

  private final Iterator<StagedFile> files;
  private final Opener opener;
  private final String name;
  private @Nullable LanceFileReader file;
  private @Nullable ArrowReader rows;

  /** Opens a file. */
  @FunctionalInterface
  interface Opener {
    LanceFileReader open(String path) throws IOException;
  }

  StagedReader(List<StagedFile> files, Opener opener, String name) {
    this.files = files.iterator();
    this.opener = opener;
    this.name = name;
  }

  /** The next batch, which the caller then owns; empty at the end. */
  Optional<ArrowRecordBatch> next() {
    try {
      while (true) {
        if (rows == null) {
          if (!files.hasNext()) {
            return Optional.empty();
          }
          file = opener.open(files.next().path());
          rows = file.readAll(null, null, BATCH);
        }
        if (rows.loadNextBatch()) {
          return Optional.of(BatchCopy.share(rows.getVectorSchemaRoot()));
        }
        close();
      }
    } catch (Exception e) { // native code throws undeclared exceptions
      throw LanceErrors.translate("reading staged files of '" + name + "'", e);
    }
  }

  @Override
  public void close() {
    try (LanceFileReader closedFile = file;
        ArrowReader closedRows = rows) {
      rows = null;
      file = null;
    } catch (Exception e) {
      throw LanceErrors.translate("closing a staged file of '" + name + "'", e);
    }
  }
}
