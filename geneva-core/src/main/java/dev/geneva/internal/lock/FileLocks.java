package dev.geneva.internal.lock;

import dev.geneva.StorageException;
import dev.geneva.internal.files.Uninterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Exclusive locks on files, among the threads of this process and among processes of this host. The
 * operating system releases them when the process ends, however it ends.
 */
public final class FileLocks {

  /**
   * The operating system's locks belong to the process as a whole, so its threads have to agree
   * among themselves first. One entry for each lock file ever used, which are few.
   */
  private static final ConcurrentMap<Path, Semaphore> WITHIN_PROCESS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /** A lock that is held. Closing it releases it; any thread may. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a lock if it is free.
   *
   * @param file created if it isn't there, with its folder; it stays
   */
  public static Optional<Held> tryAcquire(Path file) {
    Path real = real(file);
    Semaphore permit = permit(real);
    if (!permit.tryAcquire()) {
      return Optional.empty();
    }
    return acquired(real, permit, false);
  }

  /** Takes a lock, waiting until it is free. Interruption doesn't end the wait. */
  public static Held acquire(Path file) {
    Path real = real(file);
    Semaphore permit = permit(real);
    permit.acquireUninterruptibly();
    return acquired(real, permit, true).orElseThrow();
  }

  private static Semaphore permit(Path real) {
    return WITHIN_PROCESS.computeIfAbsent(real, key -> new Semaphore(1));
  }

  /**
   * The file without links. By another path to the same file we would open it twice, and when
   * either channel is closed, the operating system releases the locks of both.
   */
  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      Path folder = Files.createDirectories(absolute.getParent());
      return folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      throw new StorageException("Can't lock " + file + ": " + e, e);
    }
  }

  private static Optional<Held> acquired(Path file, Semaphore permit, boolean wait) {
    boolean held = false;
    try {
      Optional<FileChannel> channel = Uninterrupted.call(() -> locked(file, wait));
      held = channel.isPresent();
      return channel.map(locked -> new ChannelLock(locked, permit));
    } catch (IOException e) {
      throw new StorageException("Can't lock " + file + ": " + e, e);
    } finally {
      if (!held) {
        permit.release();
      }
    }
  }

  private static Optional<FileChannel> locked(Path file, boolean wait) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = wait ? channel.lock() : channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(channel);
    } finally {
      if (lock == null) {
        closeQuietly(channel);
      }
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock wasn't taken or is gone with the channel; there is nothing left to do.
    }
  }

  private static final class ChannelLock implements Held {
    private final FileChannel channel;
    private final Semaphore permit;
    private boolean released;

    ChannelLock(FileChannel channel, Semaphore permit) {
      this.channel = channel;
      this.permit = permit;
    }

    @Override
    public synchronized void close() {
      if (!released) {
        released = true;
        closeQuietly(channel);
        permit.release();
      }
    }
  }
}
