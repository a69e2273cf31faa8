package dev.geneva.internal.log;

import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps files in a folder of a database, on a local disk or an object store. */
public final class FileLogStore implements LogStore {

  private static final String LOCK = ".owner";

  /** Tells this process from every other, also from those that had or will have its number. */
  private static final String PROCESS = HostName.DOMAIN + " process " + UUID.randomUUID();

  private final FileStore files;
  private final String folder;

  /**
   * Opens nothing yet.
   *
   * @param folder which nothing else uses
   */
  public FileLogStore(FileStore files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return files.putIfAbsent(path(name), content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return files.read(path(name));
  }

  @Override
  public List<String> names() throws IOException {
    return files.names(folder);
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(path(name));
  }

  @Override
  public void deletePartial() throws IOException {
    files.deletePartial(folder);
  }

  @Override
  public void deleteAll() throws IOException {
    files.deleteAll(folder);
  }

  @Override
  public Optional<FileLocks.Held> tryOwn() throws IOException {
    return files.tryOwn(path(LOCK));
  }

  @Override
  public boolean isOwned() throws IOException {
    return files.isOwned(path(LOCK));
  }

  @Override
  public String domain() {
    return files.ownsAmongProcesses() ? HostName.DOMAIN : PROCESS;
  }

  private String path(String name) {
    return folder + "/" + name;
  }
}
