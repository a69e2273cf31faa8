package dev.geneva.internal.lock;

import dev.geneva.StorageException;
import dev.geneva.internal.files.Uninterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Exclusive locks on files, among the threads of this process and among processes of this host. The
 * operating system releases them when the process ends, however it ends.
 */
public final class FileLocks {

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
    return ProcessLocks.tryAcquire(real).flatMap(within -> acquired(real, within, false));
  }

  /** Whether somebody holds a lock. Writes nothing, so it can be asked where nothing may be. */
  public static boolean isHeld(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    Path real = real(file);
    Optional<Held> within = ProcessLocks.tryAcquire(real);
    if (within.isEmpty()) {
      return true;
    }
    try (Held free = within.get()) {
      return Uninterrupted.call(() -> isHeldElsewhere(real));
    } catch (IOException e) {
      throw new StorageException("Can't look at lock " + file + ": " + e, e);
    }
  }

  /** A shared lock is all that can be had by who only reads; the holder's is exclusive. */
  private static boolean isHeldElsewhere(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.tryLock(0, Long.MAX_VALUE, true) == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Takes a lock, waiting until it is free. Interruption doesn't end the wait. */
  public static Held acquire(Path file) {
    Path real = real(file);
    return acquired(real, ProcessLocks.acquire(real), true).orElseThrow();
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

  /**
   * Takes the operating system's lock, too.
   *
   * @param within held among the threads of this process, which have to agree among themselves
   *     first: to the system, locks belong to the process as a whole
   */
  private static Optional<Held> acquired(Path file, Held within, boolean wait) {
    boolean held = false;
    try {
      Optional<FileChannel> channel = Uninterrupted.call(() -> locked(file, wait));
      held = channel.isPresent();
      return channel.map(locked -> new ChannelLock(locked, within));
    } catch (IOException e) {
      throw new StorageException("Can't lock " + file + ": " + e, e);
    } finally {
      if (!held) {
        within.close();
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
    private final Held within;
    private boolean released;

    ChannelLock(FileChannel channel, Held within) {
      this.channel = channel;
      this.within = within;
    }

    @Override
    public synchronized void close() {
      if (!released) {
        released = true;
        closeQuietly(channel);
        within.close();
      }
    }
  }
}
