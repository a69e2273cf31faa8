package dev.geneva.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a folder. */
class LocalFileStoreTest {

  @Nested
  class SyncedToDisk extends InAFolder {
    SyncedToDisk() {
      super(true);
    }
  }

  @Nested
  class NotSynced extends InAFolder {
    NotSynced() {
      super(false);
    }
  }

  abstract static class InAFolder extends FileStoreContract {
    private final boolean syncToDisk;
    @TempDir Path folder;

    InAFolder(boolean syncToDisk) {
      this.syncToDisk = syncToDisk;
    }

    @Override
    FileStore emptyStore() {
      return new LocalFileStore(folder.resolve("db"), syncToDisk);
    }

    @Test
    void aFileInPlaceOfTheDatabaseIsNoDatabase() throws IOException {
      Files.writeString(folder.resolve("db"), "in the way");

      assertThatThrownBy(() -> store.check())
          .isInstanceOf(NotDirectoryException.class)
          .hasMessageContaining("db");
    }

    @Test
    void whatLiesElsewhereHasItsAbsolutePath() {
      Path elsewhere = folder.resolve("elsewhere");

      assertThat(store.uri(((LocalFileStore) store).relative(elsewhere.toUri().toString())))
          .isEqualTo(elsewhere.toString());
      assertThat(store.uri("t.lance")).isEqualTo(folder.resolve("db/t.lance").toString());
    }
  }
}
