package dev.geneva.ray.internal.wire;

import dev.geneva.PartitionFailedException;
import dev.geneva.internal.remote.KeyCodec;
import dev.geneva.internal.remote.KeyCodec.PlainKey;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error for another process, as text: Java objects are never serialised. It arrives as what it
 * was if its class is there and can be made from a message; else as a {@link RemoteException},
 * which prints the same.
 *
 * @param type the class's name
 * @param message its message
 * @param stack its stack trace
 * @param cause what caused it
 * @param suppressed what it suppressed
 * @param partition of a {@link PartitionFailedException}
 * @param attempts of a {@link PartitionFailedException}
 */
public record PlainError(
    String type,
    @Nullable String message,
    List<Frame> stack,
    @Nullable PlainError cause,
    List<PlainError> suppressed,
    @Nullable PlainKey partition,
    int attempts) {

  /** A longer stack trace is cut: it has to fit into a message. */
  private static final int FRAMES = 100;

  private static final int DEPTH = 20;

  /** One line of a stack trace. */
  public record Frame(
      @Nullable String module, String type, String method, @Nullable String file, int line) {
    static Frame of(StackTraceElement element) {
      return new Frame(
          element.getModuleName(),
          element.getClassName(),
          element.getMethodName(),
          element.getFileName(),
          element.getLineNumber());
    }

    StackTraceElement element() {
      return new StackTraceElement(null, module, null, type, method, file, line);
    }
  }

  /** Takes an error apart. */
  public static PlainError of(Throwable error) {
    return of(error, Collections.newSetFromMap(new IdentityHashMap<>()), DEPTH);
  }

  private static PlainError of(Throwable error, Set<Throwable> seen, int depth) {
    seen.add(error);
    Throwable cause = error.getCause();
    List<PlainError> suppressed = new ArrayList<>();
    for (Throwable other : error.getSuppressed()) {
      if (depth > 0 && !seen.contains(other)) {
        suppressed.add(of(other, seen, depth - 1));
      }
    }
    PartitionFailedException partition =
        error instanceof PartitionFailedException failed ? failed : null;
    return new PlainError(
        error instanceof RemoteException remote ? remote.type() : error.getClass().getName(),
        error.getMessage(),
        Arrays.stream(error.getStackTrace()).limit(FRAMES).map(Frame::of).toList(),
        cause == null || depth == 0 || seen.contains(cause) ? null : of(cause, seen, depth - 1),
        suppressed,
        partition == null ? null : partition.partition().map(KeyCodec::plain).orElse(null),
        partition == null ? 0 : partition.attempts());
  }

  /** Puts it together, as well as this process can. */
  public Throwable error() {
    Throwable caused = cause == null ? null : cause.error();
    Throwable error = made(caused);
    if (error.getCause() == null && caused != null) {
      try {
        error.initCause(caused);
      } catch (IllegalStateException e) {
        error.addSuppressed(caused); // its class wants no cause
      }
    }
    error.setStackTrace(stack.stream().map(Frame::element).toArray(StackTraceElement[]::new));
    suppressed.forEach(other -> error.addSuppressed(other.error()));
    return error;
  }

  private Throwable made(@Nullable Throwable caused) {
    if (type.equals(PartitionFailedException.class.getName())) {
      return new PartitionFailedException(
          String.valueOf(message),
          Optional.ofNullable(partition).map(KeyCodec::key),
          attempts,
          caused == null ? new RemoteException(type, message) : caused);
    }
    try {
      ClassLoader classes = Thread.currentThread().getContextClassLoader();
      Class<?> found =
          Class.forName(type, false, classes == null ? PlainError.class.getClassLoader() : classes);
      if (Throwable.class.isAssignableFrom(found)) {
        Throwable error = made(found.asSubclass(Throwable.class), caused);
        // One that makes up its own message is no longer what it was.
        if (String.valueOf(error.getMessage()).equals(String.valueOf(message))) {
          return error;
        }
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Its class isn't here, or can't be made: then its text is what there is.
    }
    return new RemoteException(type, message);
  }

  private Throwable made(Class<? extends Throwable> found, @Nullable Throwable caused)
      throws ReflectiveOperationException {
    if (caused != null) {
      try {
        Constructor<? extends Throwable> both = found.getConstructor(String.class, Throwable.class);
        return both.newInstance(message, caused);
      } catch (NoSuchMethodException e) {
        // Then the cause is set afterwards.
      }
    }
    return message == null
        ? found.getConstructor().newInstance()
        : found.getConstructor(String.class).newInstance(message);
  }
}
