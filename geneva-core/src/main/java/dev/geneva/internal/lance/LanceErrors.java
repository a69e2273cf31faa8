package dev.geneva.internal.lance;

import dev.geneva.AlreadyExistsException;
import dev.geneva.CommitConflictException;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.text.Suggestion;
import java.nio.file.FileSystemException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Translates what Lance throws. It has hardly any exception types of its own, so the message is all
 * there is to go by.
 */
final class LanceErrors {

  /** Where in Lance's sources an error arose, which is of no use to a user. */
  private static final Pattern RUST_LOCATION =
      Pattern.compile(",? ?/(?:workspace/rust|rustc|root/\\.cargo)/[^ ,]+?:\\d+:\\d+");

  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile("No field named (.+?)\\. ?(?:Valid fields are|Did you mean|$|,|/)");

  /** All four of Lance's ways to say that another commit came first. */
  private static final Pattern CONFLICT =
      Pattern.compile("[Cc]ommit conflict|Incompatible transaction|Too many concurrent writers");

  private LanceErrors() {}

  /**
   * Translates an error.
   *
   * @param what what was being done and to what, such as {@code "reading table 'images'"}
   */
  static GenevaException translate(String what, Throwable error) {
    return translate(what, error, List.of());
  }

  /**
   * Translates an error of an operation in which the user names columns.
   *
   * @param columns the names of the columns that there are
   */
  static GenevaException translate(String what, Throwable error, Collection<String> columns) {
    if (error instanceof GenevaException already) {
      return already;
    }
    if (error instanceof OutOfMemoryException memory) {
      throw memory;
    }
    String message = readable(error);
    Matcher field = UNKNOWN_FIELD.matcher(message);
    if (field.find()) {
      String name = field.group(1).replace("\"", "");
      return new NotFoundException(
          "No column '" + name + "' " + what + Suggestion.among(columns, name), error);
    }
    if (message.contains("already exists")) {
      return new AlreadyExistsException("Already exists: " + what, error);
    }
    if (CONFLICT.matcher(message).find()) {
      return new CommitConflictException(
          "Somebody else changed it first, " + what + ": " + message, error);
    }
    if (error instanceof IllegalArgumentException) {
      return message.contains("was not found")
          ? new NotFoundException("Not found, " + what + ": " + message, error)
          : new InvalidDefinitionException("Lance refused, " + what + ": " + message, error);
    }
    return new StorageException("The storage failed " + what + ": " + message, error);
  }

  /** Whether a dataset or one of its versions is missing. */
  static boolean isMissing(Throwable error) {
    return String.valueOf(error.getMessage()).contains("was not found")
        || String.valueOf(error.getMessage()).contains("Not found: ");
  }

  private static String readable(Throwable error) {
    String message = error.getMessage();
    if (message == null || error instanceof FileSystemException) {
      return error.toString();
    }
    // Some of Lance's messages contain bytes that aren't text.
    return RUST_LOCATION
        .matcher(message)
        .replaceAll("")
        .replaceAll("[\\s\\p{Cntrl}\\uFFFD]+", " ")
        .strip();
  }
}
