package dev.geneva.internal.log;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The records of a log in its store, by their numbers. Thread-safe. */
final class NumberedRecords {

  private static final String PREFIX = "record-";

  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{12}");

  private final LogStore store;

  NumberedRecords(LogStore store) {
    this.store = store;
  }

  /** Whether a name in the store is a record's. */
  static boolean isRecord(String name) {
    return NAME.matcher(name).matches();
  }

  private static String name(long number) {
    return String.format(Locale.ROOT, "%s%012d", PREFIX, number);
  }

  /** Those that are there, in order. */
  List<Long> numbers() throws IOException {
    return store.names().stream()
        .filter(NumberedRecords::isRecord)
        .map(name -> Long.valueOf(name.substring(PREFIX.length())))
        .toList();
  }

  /** The last one; 0 if there is none. */
  static long last(List<Long> numbers) {
    return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
  }

  /** A record's bytes; empty if it isn't there. */
  Optional<byte[]> bytes(long number) throws IOException {
    return store.read(name(number));
  }

  /** A record; empty if it isn't there or damaged. */
  Optional<LogRecord> read(long number) throws IOException {
    return bytes(number).flatMap(RecordCodec::decode);
  }

  /** Writes a record, unless its number is taken. */
  boolean putIfAbsent(long number, LogRecord logRecord) throws IOException {
    return store.putIfAbsent(name(number), RecordCodec.encode(logRecord));
  }

  void delete(long number) throws IOException {
    store.delete(name(number));
  }
}
