package dev.geneva.ray.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.GenevaException;
import dev.geneva.PartitionFailedException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.internal.json.Json;
import dev.geneva.udtf.PartitionKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainErrorTest {

  /** Nobody can make one of these from a message. */
  private static final class Odd extends Exception {
    private static final long serialVersionUID = 1L;

    private Odd(int number) {
      super("odd " + number);
    }
  }

  private static Throwable sent(Throwable error) {
    return Json.read(Json.write(PlainError.of(error)), PlainError.class).error();
  }

  @Test
  void partitionsFailureArrivesWithItsPartitionItsCauseAndItsStackTrace() {
    PartitionKey key = new PartitionKey.Value("day", 7L);
    PartitionFailedException error =
        new PartitionFailedException("failed", Optional.of(key), 3, new IOException("disk"));
    error.addSuppressed(new GenevaException("another"));
    Throwable sent = sent(error);
    assertThat(sent)
        .isInstanceOfSatisfying(
            PartitionFailedException.class,
            failed -> {
              assertThat(failed.partition()).contains(key);
              assertThat(failed.attempts()).isEqualTo(3);
            })
        .hasMessage("failed")
        .hasCauseInstanceOf(IOException.class);
    assertThat(sent.getCause()).hasMessage("disk");
    assertThat(sent.getSuppressed()).hasSize(1);
    assertThat(sent.getStackTrace()[0]).hasToString(error.getStackTrace()[0].toString());
  }

  @Test
  void errorsArriveAsThemselves() {
    assertThat(sent(new SchemaMismatchException("columns")))
        .isInstanceOf(SchemaMismatchException.class);
    assertThat(sent(new NullPointerException()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage(null);
    assertThat(sent(new IllegalStateException("a", new Odd(1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void errorThatCannotBeMadePrintsAsItWas() {
    Odd error = new Odd(5);
    Throwable sent = sent(error);
    assertThat(sent).isInstanceOf(RemoteException.class).hasToString(error.toString());
    assertThat(printed(sent)).isEqualTo(printed(error));
    assertThat(sent(sent)).as("and once more").hasToString(error.toString());
  }

  @Test
  void errorsThatCauseEachOtherComeToAnEnd() {
    IllegalStateException one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertThat(sent(one)).hasMessage("one").cause().hasMessage("two").hasNoCause();
  }

  private static String printed(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
