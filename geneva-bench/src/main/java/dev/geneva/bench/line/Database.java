package dev.geneva.bench.line;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.bench.Scratch;
import dev.geneva.bench.opponent.Opponents;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Span;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A database that is gone afterwards, with one table {@code source}; and beside it a database of
 * the original's over the same table.
 */
final class Database implements AutoCloseable {

  private static final String VIEW = "view";

  private final Scratch scratch = new Scratch();
  private final BufferAllocator allocator = new RootAllocator();
  private final Connection connection;

  Database(boolean sync) throws IOException {
    connection = Geneva.builder(folder().toString()).syncToDisk(sync).connect();
  }

  BufferAllocator allocator() {
    return allocator;
  }

  Connection connection() {
    return connection;
  }

  /** Where its tables lie. */
  Path folder() {
    return scratch.path().resolve("db");
  }

  Table create(ArrowReader rows) {
    return connection.createTable("source", rows);
  }

  Table create(VectorSchemaRoot rows) {
    return connection.createTable("source", rows);
  }

  Path sourcePath() {
    return folder().resolve("source.lance");
  }

  /** A folder for a side's output. */
  Path target(String name) {
    return scratch.path().resolve(name);
  }

  /** Our refresh of a new view, in milliseconds. */
  Sample refresh(BatchUdtf udtf) throws Exception {
    return refresh(udtf, RefreshOptions.builder().build());
  }

  /** The same, with options. */
  Sample refresh(BatchUdtf udtf, RefreshOptions options) throws Exception {
    UdtfView view = connection.createUdtfView(VIEW, connection.openTable("source").search(), udtf);
    long begin = System.nanoTime();
    RefreshReport report = view.refresh(options);
    Span span = Span.since(begin);
    if (report.status() != RefreshReport.Status.REFRESHED) {
      throw new IllegalStateException(report.toString());
    }
    String outcome = Checksum.of(folder().resolve(VIEW + ".lance"), allocator);
    connection.dropUdtfView(VIEW);
    return new Sample(span, outcome);
  }

  /** What writes a dataset. */
  @FunctionalInterface
  interface Writer {
    /** Returns milliseconds. */
    double write(Path target) throws Exception;
  }

  /** Another one's way to make the same rows; what it wrote is deleted once it was looked at. */
  Sample write(Writer writer) throws Exception {
    Path target = target("written.lance");
    try {
      double millis = writer.write(target);
      return new Sample(millis, Checksum.of(target, allocator));
    } finally {
      Scratch.delete(target);
    }
  }

  /** The original's refresh of a new view, in milliseconds. */
  Sample original(Opponents opponents, String function, int width) throws Exception {
    Path database = original();
    opponents.createView(database, function, width);
    double millis = 1e3 * opponents.refresh(database);
    return new Sample(millis, Checksum.of(database.resolve(VIEW + ".lance"), allocator));
  }

  /** Its database, whose table {@code source} has the files of ours. */
  Path original() throws IOException {
    Path database = scratch.path().resolve("original");
    if (!Files.exists(database)) {
      Path source = database.resolve("source.lance");
      try (Stream<Path> entries = Files.walk(sourcePath())) {
        for (Path entry : entries.toList()) { // a folder comes before what is in it
          Path same = source.resolve(sourcePath().relativize(entry).toString());
          if (Files.isDirectory(entry)) {
            Files.createDirectories(same);
          } else {
            Files.createLink(same, entry); // a link to the folder isn't found by its catalogue
          }
        }
      }
    }
    return database;
  }

  @Override
  public void close() throws IOException {
    connection.close();
    allocator.close();
    scratch.close();
  }
}
