package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.AlreadyExistsException;
import dev.geneva.CommitConflictException;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanceErrorsTest {

  private static final String WHAT = "reading 'flags'";

  @Test
  void ourOwnErrorsPassAsTheyAre() {
    GenevaException own = new SchemaMismatchException("columns differ");

    assertThat(LanceErrors.translate(WHAT, own)).isSameAs(own);
  }

  @Test
  void memoryThatRanOutStaysWhatItIs() {
    OutOfMemoryException error = new OutOfMemoryException("limit of 16 MiB");

    assertThatThrownBy(() -> LanceErrors.translate(WHAT, error)).isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Schema error: No field named nme. Valid fields are id, name.",
        "Schema error: No field named \"nme\". Did you mean 'name'?.",
        "LanceError(IO): No field named nme., /workspace/rust/lance/src/dataset.rs:12:34",
        "No field named nme."
      })
  void anUnknownColumnIsNamedWithASuggestion(String message) {
    GenevaException translated =
        LanceErrors.translate(
            WHAT, new IllegalArgumentException(message), List.of("id", "name", "bits"));

    assertThat(translated)
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No column 'nme' reading 'flags'; did you mean 'name'?");
  }

  @Test
  void aNameThatIsTakenAlreadyExists() {
    assertThat(
            LanceErrors.translate(
                "creating 'flags'",
                new IllegalArgumentException("Dataset already exists: /data/flags.lance")))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("Already exists: creating 'flags'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Retryable commit conflict for version 7: There was a concurrent commit",
        "Commit conflict for version 7: There was a concurrent commit",
        "Incompatible transaction: This Overwrite transaction is incompatible",
        "Too many concurrent writers. Attempted 20 times",
      })
  void aLostRaceIsACommitConflict(String message) {
    assertThat(LanceErrors.translate("committing to 'flags'", new RuntimeException(message)))
        .isInstanceOf(CommitConflictException.class)
        .hasMessage("Somebody else changed it first, committing to 'flags': " + message);
  }

  @Test
  void anIllegalArgumentIsTheCallersMistake() {
    assertThat(LanceErrors.translate(WHAT, new IllegalArgumentException("sql parser error")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Lance refused, reading 'flags': sql parser error");
    assertThat(
            LanceErrors.translate(
                WHAT, new IllegalArgumentException("Dataset at path x was not found")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Not found, reading 'flags': Dataset at path x was not found");
  }

  @Test
  void everythingElseIsTheStorages() {
    IOException error = new IOException("unexpected end of file");

    assertThat(LanceErrors.translate(WHAT, error))
        .isInstanceOf(StorageException.class)
        .hasMessage("The storage failed reading 'flags': unexpected end of file")
        .hasCause(error);
    assertThat(LanceErrors.translate(WHAT, new IllegalStateException((String) null)))
        .isInstanceOf(StorageException.class)
        .hasMessage("The storage failed reading 'flags': java.lang.IllegalStateException");
    assertThat(LanceErrors.translate(WHAT, new AccessDeniedException("/data/flags.lance")))
        .hasMessage(
            "The storage failed reading 'flags':"
                + " java.nio.file.AccessDeniedException: /data/flags.lance");
  }

  @Test
  void placesInLancesSourcesAndBytesThatAreNoTextAreLeftOut() {
    assertThat(
            LanceErrors.translate(
                WHAT,
                new RuntimeException(
                    "Encountered\u0000\u0001 a \uFFFD\uFFFD problem,"
                        + " /root/.cargo/registry/src/object_store-0.12/src/lib.rs:12:3"
                        + " /workspace/rust/lance/src/io.rs:7:5\n")))
        .hasMessage("The storage failed reading 'flags': Encountered a problem");
  }

  @Test
  void whatIsMissingIsRecognised() {
    assertThat(LanceErrors.isMissing(new IllegalArgumentException("Dataset at x was not found")))
        .isTrue();
    assertThat(LanceErrors.isMissing(new IOException("Not found: x/_versions/3.manifest")))
        .isTrue();
    assertThat(LanceErrors.isMissing(new IOException("disk on fire"))).isFalse();
    assertThat(LanceErrors.isMissing(new IOException())).isFalse();
  }

  @Test
  void ofAnObjectStoresAnswerOnlyCodeAndMessageAreShownAndNothingOfTheRequest() {
    String answer =
        "LanceError(IO): Generic S3 error: Error performing list request: 403 Forbidden: <?xml"
            + " version='1.0' encoding='UTF-8'?><Error><Code>SignatureDoesNotMatch</Code>"
            + "<Message>Check your key.</Message><AWSAccessKeyId>AKID</AWSAccessKeyId>"
            + "<StringToSign>AWS4-HMAC-SHA256\n2026</StringToSign><RequestId>9A</RequestId></Error>,"
            + " /workspace/rust/lance-io/src/object_store.rs:799:92";

    assertThat(LanceErrors.translate(WHAT, new IOException(answer)))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "The storage failed reading 'flags': LanceError(IO): Generic S3 error: Error performing"
                + " list request: 403 Forbidden: SignatureDoesNotMatch: Check your key.")
        .satisfies(
            error ->
                assertThat(error.getCause())
                    .hasMessageContaining("SignatureDoesNotMatch")
                    .hasMessageNotContaining("AKID")
                    .hasMessageNotContaining("AWS4-HMAC"));
  }

  @Test
  void aSignatureInAUrlIsShownNeitherInTheMessageNorInTheCause() {
    String message = "Error performing GET https://a.example/c/k?sv=1&sig=abc%3D&se=2 in 3 ms";

    assertThat(LanceErrors.translate(WHAT, new IOException(message)))
        .hasMessageContaining("sig=***&se=2")
        .satisfies(error -> assertThat(error.getCause()).hasMessageNotContaining("abc%3D"));
  }
}
