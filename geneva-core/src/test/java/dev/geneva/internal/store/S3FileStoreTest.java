package dev.geneva.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.CutConnection;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.S3;
import dev.geneva.internal.fixture.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real S3 server. */
class S3FileStoreTest {

  @Nested
  class BelowAPrefix extends OnS3 {
    BelowAPrefix(S3Server server) {
      super(server, "/path/of/the/database");
    }

    @Test
    void whatStatisticsNameIsFoundInTheDatabase() throws IOException {
      assertThat(store.relative("/path/of/the/database/t.lance/_indices/x"))
          .isEqualTo("t.lance/_indices/x");
      assertThat(store.relative(store.uri("t.lance/_indices/x"))).isEqualTo("t.lance/_indices/x");
      assertThatThrownBy(() -> store.relative("/path/elsewhere/t.lance"))
          .isInstanceOf(IOException.class)
          .hasMessage("/path/elsewhere/t.lance isn't in the database " + store.root());
    }
  }

  @Nested
  class OfAWholeBucket extends OnS3 {
    OfAWholeBucket(S3Server server) {
      super(server, "");
    }
  }

  @ExtendWith(S3.class)
  abstract static class OnS3 extends FileStoreContract {
    private final S3Server server;
    private final String prefix;

    OnS3(S3Server server, String prefix) {
      this.server = server;
      this.prefix = prefix;
    }

    @Override
    FileStore emptyStore() {
      return open("s3://" + server.newBucket() + prefix, Map.of());
    }

    private FileStore open(String uri, Map<String, String> more) {
      Map<String, String> options = new HashMap<>(server.options());
      options.putAll(more);
      ObjectStoreUri parsed = ObjectStoreUri.parse(uri);
      return ObjectStores.open(parsed, new StorageOptions(parsed, options));
    }

    @Test
    void aRejectedKeyIsAnErrorThatSaysSoWithoutTheKey() {
      try (FileStore rejected =
          open(store.root(), Map.of("aws_secret_access_key", "another-secret-of-the-tests"))) {
        assertThatThrownBy(rejected::check)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("SignatureDoesNotMatch")
            .hasMessageContaining("PermissionDenied")
            .hasMessageNotContaining("another-secret")
            .hasNoCause();
      }
    }

    @Test
    void moreFilesThanOnePageOfAListingAreListed() throws IOException {
      List<Integer> numbers = IntStream.range(0, 1100).boxed().toList();
      numbers.parallelStream()
          .forEach(
              number -> {
                try {
                  store.putIfAbsent("many/file-%04d".formatted(number), bytes("x"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      assertThat(store.names("many"))
          .isEqualTo(numbers.stream().map("file-%04d"::formatted).toList());
      store.deleteAll("many");
      assertThat(store.hasFolder("many")).isFalse();
    }

    @Test
    void closedAmongCallsItAnswersThemAndNoMore() throws Exception {
      FileStore own = open(store.root(), Map.of());
      own.putIfAbsent("folder/file", bytes("file"));
      Race.of(
          4,
          racer ->
              () -> {
                try {
                  for (int read = 0; read < 200; read++) {
                    assertThat(own.read("folder/file")).hasValue(bytes("file"));
                    if (racer == 0 && read == 50) {
                      own.close();
                    }
                  }
                  return "all";
                } catch (IOException e) {
                  return assertThat(e).hasMessage(store.root() + ": the connection is closed");
                }
              });
      own.close();

      assertThatThrownBy(() -> own.read("folder/file"))
          .isInstanceOf(IOException.class)
          .hasMessage(store.root() + ": the connection is closed");
    }

    @Test
    void aPutWhoseAnswerIsLostIsKnownAsOnesOwnByItsContent() throws Exception {
      store.putIfAbsent("folder/taken", bytes("somebody else's"));
      try (CutConnection cut = new CutConnection(server.endpoint(), 1);
          FileStore cutOff = open(store.root(), Map.of("aws_endpoint", cut.endpoint()))) {
        assertThat(cutOff.putIfAbsent("folder/file", bytes("mine"))).isTrue();
      }
      try (CutConnection cut = new CutConnection(server.endpoint(), 1);
          FileStore cutOff = open(store.root(), Map.of("aws_endpoint", cut.endpoint()))) {
        assertThat(cutOff.putIfAbsent("folder/taken", bytes("mine"))).isFalse();
      }

      assertThat(store.read("folder/file")).hasValue(bytes("mine"));
      assertThat(store.read("folder/taken")).hasValue(bytes("somebody else's"));
    }

    @Test
    void aMissingBucketIsAnErrorThatSaysSo() {
      try (FileStore missing = open("s3://no-such-bucket/db", Map.of())) {
        assertThatThrownBy(missing::check)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("s3://no-such-bucket/db/: ")
            .hasMessageContaining("NoSuchBucket");
      }
    }

    @Test
    void aServerThatIsNotThereIsAnErrorThatSaysSo() {
      try (FileStore down = open(store.root(), Map.of("aws_endpoint", "http://127.0.0.1:1"))) {
        assertThatThrownBy(down::check)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("Connection refused");
      }
    }
  }
}
