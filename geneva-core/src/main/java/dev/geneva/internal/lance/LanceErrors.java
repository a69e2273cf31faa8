package dev.geneva.internal.lance;

import dev.geneva.AlreadyExistsException;
import dev.geneva.CommitConflictException;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.store.Redaction;
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

  /** An object store's error. What stands around code and message repeats the request. */
  private static final Pattern STORE_ERROR =
      Pattern.compile(
          "(?:<\\?xml[^>]*> ?)?<Error>.*?<Code>(.*?)</Code>.*?<Message>(.*?)</Message>.*?</Error>");

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
    Throwable cause = Redaction.cause(error);
    Matcher field = UNKNOWN_FIELD.matcher(message);
    if (field.find()) {
      String name = field.group(1).replace("\"", "");
      return new NotFoundException(
          "No column '" + name + "' " + what + Suggestion.among(columns, name), cause);
    }
    if (message.contains("already exists")) {
      return new AlreadyExistsException("Already exists: " + what, cause);
    }
    if (CONFLICT.matcher(message).find()) {
      return new CommitConflictException(
          "Somebody else changed it first, " + what + ": " + message, cause);
    }
    if (error instanceof IllegalArgumentException) {
      return message.contains("was not found")
          ? new NotFoundException("Not found, " + what + ": " + message, cause)
          : new InvalidDefinitionException("Lance refused, " + what + ": " + message, cause);
    }
    return new StorageException("The storage failed " + what + ": " + message, cause);
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
    String text =
        RUST_LOCATION
            .matcher(message)
            .replaceAll("")
            .replaceAll("[\\s\\p{Cntrl}\\uFFFD]+", " ")
            .strip();
    return Redaction.of(STORE_ERROR.matcher(text).replaceAll("$1: $2"));
  }
}
