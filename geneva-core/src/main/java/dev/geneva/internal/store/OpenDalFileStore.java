package dev.geneva.internal.store;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.lock.ProcessLocks;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.opendal.AsyncOperator;
import org.apache.opendal.Entry;
import org.apache.opendal.OpenDALException;
import org.apache.opendal.WriteOptions;
import org.apache.opendal.layer.RetryLayer;

/** The keys of an object store below a prefix, by Apache OpenDAL, which is loaded when needed. */
final class OpenDalFileStore implements FileStore {

  /** How long one call may take, with all that is tried again. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The same for the first call, when nobody knows yet whether anybody is there. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

  private static final int PUT_ATTEMPTS = 3;
  private static final Duration PUT_WAIT = Duration.ofMillis(100);

  private final ObjectStoreUri uri;
  private final AsyncOperator once;
  private final AsyncOperator retrying;

  /**
   * This object, until it is closed, and the calls that haven't come back, which are also those
   * that nobody waits for any more. Native code uses the operators until then, so only the last
   * frees them: anything else could end the process.
   */
  private final AtomicInteger holders = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenDalFileStore(ObjectStoreUri uri, AsyncOperator once) {
    this.uri = uri;
    this.once = once;
    this.retrying =
        once.layer(
            RetryLayer.builder()
                .maxTimes(3)
                .minDelay(Duration.ofMillis(100))
                .maxDelay(Duration.ofSeconds(2))
                .build());
  }

  /**
   * Opens a store, without talking to it.
   *
   * @param options as OpenDAL names them
   * @throws LinkageError if OpenDAL isn't there
   */
  static OpenDalFileStore open(ObjectStoreUri uri, Map<String, String> options) {
    String service =
        switch (uri.service()) {
          case S3 -> "s3";
          case GS -> "gcs";
          case AZ -> "azblob";
        };
    try {
      return new OpenDalFileStore(uri, AsyncOperator.of(service, options));
    } catch (OpenDALException e) {
      throw new InvalidDefinitionException(
          "Can't use the storage options of " + uri + ": " + readable(e));
    }
  }

  /** Whether the store can do what everything here is built on. */
  boolean putsOnlyIfAbsent() {
    return once.info.nativeCapability.writeWithIfNotExists;
  }

  @Override
  public String root() {
    return uri.toString();
  }

  @Override
  public String uri(String path) {
    return uri + "/" + path;
  }

  @Override
  public String relative(String location) throws IOException {
    // In the statistics of an index it is the key, with a slash in front.
    String key =
        location.replaceFirst("^" + Pattern.quote(uri.bucketUri()), "").replaceFirst("^/+", "");
    if (uri.prefix().isEmpty()) {
      return key;
    }
    if (!key.startsWith(uri.prefix() + "/")) {
      throw new IOException(location + " isn't in the database " + uri);
    }
    return key.substring(uri.prefix().length() + 1);
  }

  @Override
  public Optional<Path> local(String path) {
    return Optional.empty();
  }

  @Override
  public void check() throws IOException {
    // Of a folder with little in it; that of the whole database may be long.
    call(() -> once.list("_geneva/.names/"), "", CHECK_TIMEOUT);
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) throws IOException {
    WriteOptions ifAbsent = WriteOptions.builder().ifNotExists(true).build();
    boolean mayHaveLanded = false;
    for (int attempt = 1; ; attempt++) {
      try {
        call(() -> once.write(path, content, ifAbsent), path, TIMEOUT);
        return true;
      } catch (ObjectStoreException e) {
        if (e.isTaken()) {
          return mayHaveLanded && Arrays.equals(content, read(path).orElse(null));
        }
        if (!e.isTemporary() || attempt == PUT_ATTEMPTS) {
          throw e;
        }
        mayHaveLanded = true;
        LockSupport.parkNanos(PUT_WAIT.toNanos() << attempt);
      }
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return ifFound(() -> call(() -> retrying.read(path), path, TIMEOUT));
  }

  @Override
  public byte[] read(String path, long offset, int length) throws IOException {
    if (length == 0) {
      return new byte[0];
    }
    byte[] read = call(() -> retrying.read(path, offset, length), path, TIMEOUT);
    if (read.length != length) {
      throw new EOFException(uri(path) + " ends before " + (offset + length));
    }
    return read;
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    return ifFound(() -> call(() -> retrying.stat(path), path, TIMEOUT))
        .map(metadata -> OptionalLong.of(metadata.contentLength))
        .orElse(OptionalLong.empty());
  }

  @Override
  public List<String> names(String folder) throws IOException {
    return files(folder).stream().map(StoredFile::name).toList();
  }

  @Override
  public List<StoredFile> files(String folder) throws IOException {
    return list(folder, entry -> entry.metadata.isFile())
        .map(
            entry ->
                new StoredFile(
                    name(entry),
                    entry.metadata.contentLength,
                    entry.metadata.etag + " " + entry.metadata.lastModified))
        .toList();
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    return list(folder, entry -> entry.metadata.isDir()).map(OpenDalFileStore::name).toList();
  }

  private Stream<Entry> list(String folder, Predicate<Entry> wanted) throws IOException {
    String key = folder.isEmpty() ? "" : folder + "/";
    return call(() -> retrying.list(key), folder, TIMEOUT).stream()
        .filter(entry -> !entry.path.equals(key) && !entry.path.equals("/"))
        .filter(entry -> !name(entry).startsWith("."))
        .filter(wanted)
        .sorted(Comparator.comparing(OpenDalFileStore::name));
  }

  private static String name(Entry entry) {
    String path = entry.path.replaceFirst("/$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public boolean hasFolder(String folder) throws IOException {
    return !call(() -> retrying.list(folder + "/"), folder, TIMEOUT).isEmpty();
  }

  @Override
  public void delete(String path) throws IOException {
    call(() -> retrying.delete(path), path, TIMEOUT);
  }

  @Override
  public void deleteAll(String folder) throws IOException {
    call(() -> retrying.removeAll(folder + "/"), folder, TIMEOUT);
  }

  /** Nothing to do: a store has written what it says that it has. */
  @Override
  public void force(Collection<String> paths) {}

  @Override
  public Optional<FileLocks.Held> tryOwn(String path) {
    return ProcessLocks.tryAcquire(uri(path));
  }

  @Override
  public boolean ownsAmongProcesses() {
    return false;
  }

  @Override
  public FileLocks.Held lock(String path) throws IOException {
    return new Lease(this, path).acquire();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private void retain() throws IOException {
    int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    if (before == 0 || closed.get()) {
      if (before > 0) {
        release();
      }
      throw new IOException(uri + ": the connection is closed");
    }
  }

  private void release() {
    if (holders.decrementAndGet() == 0) {
      retrying.close();
      once.close();
    }
  }

  /** Asks, and waits for an answer, whether or not the thread is interrupted. */
  private <T> T call(Supplier<CompletableFuture<T>> question, String path, Duration timeout)
      throws IOException {
    retain();
    CompletableFuture<T> answer;
    try {
      answer = question.get();
    } catch (RuntimeException e) {
      release();
      throw e;
    }
    try {
      // The copy is given up after a time; the call itself holds on until it comes back.
      CompletableFuture<T> held = answer.whenComplete((value, error) -> release());
      return held.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof OpenDALException failure) {
        throw new ObjectStoreException(uri(path) + ": " + readable(failure), failure.getCode());
      }
      if (cause instanceof TimeoutException) {
        throw new ObjectStoreException(
            uri(path) + ": no answer within " + timeout.toSeconds() + " s", null);
      }
      throw new IOException(uri(path) + ": " + Redaction.of(String.valueOf(cause)));
    }
  }

  private interface Lookup<T> {
    T run() throws IOException;
  }

  private static <T> Optional<T> ifFound(Lookup<T> lookup) throws IOException {
    try {
      return Optional.of(lookup.run());
    } catch (ObjectStoreException e) {
      if (e.isMissing()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What a person can use of an error: its kind, what the store said, and what the network said.
   * The rest are requests and answers, which may hold secrets, so the error is no cause either.
   */
  private static String readable(OpenDALException error) {
    List<String> lines = String.valueOf(error.getMessage()).lines().toList();
    int source = lines.indexOf("Source:");
    String network = source >= 0 && source + 1 < lines.size() ? lines.get(source + 1).strip() : "";
    String first = lines.isEmpty() ? String.valueOf(error.getCode()) : lines.get(0);
    return Redaction.of(network.isEmpty() ? first : first + ": " + network);
  }

  @Override
  public String toString() {
    return root();
  }
}
