package dev.geneva.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.LocalCapacity;
import dev.geneva.RefreshReport.Status;
import dev.geneva.StorageException;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.fixture.S3Server;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between us and the server. It has a server of its own, which it stops. */
class S3ConnectionTest {

  private static final Duration SECONDS = Duration.ofSeconds(30);

  private static S3Server server;

  @BeforeAll
  static void startServer() {
    server = new S3Server();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Connection connect(String uri, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(server.options());
    options.putAll(more);
    return Geneva.builder(uri).storageOptions(options).connect();
  }

  private static Throwable failure(String uri, Map<String, String> more) {
    long begin = System.nanoTime();
    Throwable failure = catchThrowable(() -> connect(uri, more).close());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECONDS);
    return failure;
  }

  @Test
  void rejectedKeyIsAStorageErrorThatSaysWhatTheServerSaid() {
    String uri = "s3://" + server.newBucket() + "/db";

    assertThat(failure(uri, Map.of("aws_secret_access_key", "a-wrong-secret-of-the-tests")))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Can't open the database at " + uri + ": ")
        .hasMessageContaining("SignatureDoesNotMatch")
        .hasMessageEndingWith(
            ". Look at the bucket, and at the endpoint, the region and the keys in"
                + " storageOptions.")
        .satisfies(error -> showsNo("a-wrong-secret-of-the-tests", error));
  }

  @Test
  void missingBucketIsAStorageError() {
    assertThat(failure("s3://no-such-bucket/db", Map.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void serverThatIsNotThereIsAStorageErrorWithinSeconds() {
    assertThat(failure("s3://bucket/db", Map.of("aws_endpoint", "http://127.0.0.1:1")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Connection refused");
  }

  @Test
  void serverThatNeverAnswersIsAStorageErrorWithinSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(
              failure(
                  "s3://bucket/db",
                  Map.of("aws_endpoint", "http://127.0.0.1:" + silent.getLocalPort())))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no answer within 10 s");
    }
  }

  @Test
  void bucketThatCannotBeOneIsRefusedWithoutARequest() {
    assertThat(failure("s3://No/db", Map.of("aws_endpoint", "http://127.0.0.1:1")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("'No' in s3://No/db can't be a bucket: ");
  }

  @Test
  void refreshThatMeetsAServerThatIsDownFailsAndWorksAgainWhenItIsBack() {
    try (S3Server own = new S3Server();
        Connection connection =
            Geneva.builder("s3://" + own.newBucket() + "/db")
                .storageOptions(own.options())
                .connect()) {
      Table points = connection.createTable("points", Point.class, Point.range(0, 10));
      UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.Whole());
      view.refresh();
      points.add(Point.class, Point.range(10, 12));
      own.stop();
      try {
        assertThatThrownBy(view::refresh)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("Connection refused")
            .satisfies(error -> showsNo(S3Server.SECRET, error));
      } finally {
        own.start();
      }
      assertThat(view.search().records(Summed.class)).containsExactly(new Summed("all", 10, 45));

      assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
      assertThat(view.search().records(Summed.class)).containsExactly(new Summed("all", 12, 66));
    }
  }

  @Test
  void serverThatGoesDownWhileTheFunctionRunsLeavesTheViewAsItWas() {
    try (S3Server own = new S3Server();
        Connection connection =
            Geneva.builder("s3://" + own.newBucket() + "/db")
                .storageOptions(own.options())
                .connect()) {
      Table points = connection.createTable("points", Point.class, Point.range(0, 10));
      UdtfView view = connection.createUdtfView("sums", points.search(), new Interrupting("down"));
      view.refresh();
      points.add(Point.class, Point.range(10, 12));
      Interrupting.during("down", own::stop);
      try {
        assertThatThrownBy(view::refresh)
            .isInstanceOf(StorageException.class)
            .satisfies(error -> showsNo(S3Server.SECRET, error));
      } finally {
        Interrupting.during("down", () -> {});
        own.start();
      }
      assertThat(view.search().records(Summed.class)).containsExactly(new Summed("all", 10, 0));

      assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
      assertThat(view.search().records(Summed.class)).containsExactly(new Summed("all", 12, 0));
    }
  }

  @Test
  void optionsShowTheirNamesOnly() {
    ConnectionOptions options =
        new ConnectionOptions(
            "s3://bucket/db",
            server.options(),
            LocalCapacity.ofProcess(),
            true,
            Duration.ofSeconds(30));

    assertThat(options.toString())
        .contains("aws_secret_access_key")
        .doesNotContain(S3Server.SECRET)
        .doesNotContain(S3Server.KEY);
  }

  @Test
  void nothingThatIsLoggedShowsASecret() {
    PrintStream before = System.err;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try (Connection connection = connect("s3://" + server.newBucket() + "/db", Map.of())) {
      Table points = connection.createTable("points", Point.class, Point.range(0, 10));
      UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.Limited(5));
      assertThatThrownBy(view::refresh).satisfies(error -> showsNo(S3Server.SECRET, error));
    } finally {
      System.setErr(before);
    }
    assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(S3Server.SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opendal-[0-9.]+\\.jar", "opendal-[0-9.]+-.*\\.jar"})
  void programWithoutOpenDalOrItsNativeLibraryIsToldWhatToAdd(String missing) throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).getFileName().toString().matches(missing)) {
        jars.add(Path.of(entry).toUri().toURL());
      }
    }
    // As the class path of another program would be.
    try (URLClassLoader program =
        new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Object builder =
          program
              .loadClass("dev.geneva.Geneva")
              .getMethod("builder", String.class)
              .invoke(null, "s3://bucket/db");
      builder.getClass().getMethod("storageOptions", Map.class).invoke(builder, server.options());

      assertThatThrownBy(() -> builder.getClass().getMethod("connect").invoke(builder))
          .cause()
          .satisfies(
              error ->
                  assertThat(error.getClass().getName())
                      .isEqualTo("dev.geneva.UnsupportedRuntimeException"))
          .hasMessageStartingWith(
              "To open s3://bucket/db, Apache OpenDAL and its native library must be on the class"
                  + " path. Add both:")
          .hasMessageContaining("<artifactId>opendal</artifactId>")
          .hasMessageContaining("<version>" + version() + "</version>")
          .hasMessageMatching(
              "(?s).*<classifier>(linux|osx|windows)-(x86_64|aarch_64)</classifier>.*");
    }
  }

  /** Of the library that the tests run with: the message must name the same. */
  private static String version() {
    return org.apache.opendal.Environment.getVersion();
  }

  private static void showsNo(String secret, Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(secret);
  }
}
