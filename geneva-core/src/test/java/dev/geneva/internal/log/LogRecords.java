package dev.geneva.internal.log;

import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.Sidecar;
import dev.geneva.internal.view.SourceIdentity;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Records of every type. */
final class LogRecords {

  private LogRecords() {}

  static Arbitrary<LogRecord> any() {
    return Arbitraries.oneOf(
        acquired(),
        planned(),
        adopted(),
        batchesDurable(),
        partitionsDone(),
        dropped(),
        committing(),
        committed(),
        failed(),
        deleteIntent(),
        heartbeat());
  }

  /** An owner on the host of a store in memory. */
  static LogRecord.Acquired acquired(String refreshId) {
    return acquired(refreshId, "memory", null);
  }

  /** An owner. */
  static LogRecord.Acquired acquired(
      String refreshId, String domain, @Nullable String takenOverFrom) {
    return new LogRecord.Acquired(
        refreshId,
        "me",
        domain,
        "local",
        "2026-01-02T03:04:05Z",
        "never refreshed",
        1,
        1,
        30_000,
        takenOverFrom);
  }

  private static Arbitrary<LogRecord> acquired() {
    return Combinators.combine(text(), text(), number(), text().injectNull(0.3))
        .as(
            (id, any, number, from) ->
                new LogRecord.Acquired(id, any, any, any, any, any, number, number, number, from));
  }

  private static Arbitrary<LogRecord> planned() {
    return Combinators.combine(text(), text(), number())
        .as(
            (id, any, number) ->
                new LogRecord.Planned(
                    id,
                    new RefreshIdentity(
                        new SourceIdentity(number, any, any),
                        any,
                        any,
                        any,
                        any,
                        any,
                        List.of(any)),
                    any));
  }

  private static Arbitrary<LogRecord> adopted() {
    return Combinators.combine(text(), text().list().ofMaxSize(5)).as(LogRecord.Adopted::new);
  }

  private static Arbitrary<LogRecord> batchesDurable() {
    Arbitrary<BatchMark> mark =
        Combinators.combine(Arbitraries.integers(), Arbitraries.integers().greaterOrEqual(0))
            .as(BatchMark::new);
    return Combinators.combine(text(), Arbitraries.integers(), files(), mark.list().ofMaxSize(5))
        .as(
            (id, partition, files, marks) ->
                new LogRecord.BatchesDurable(id, partition, new DurableBatches(files, marks)));
  }

  private static Arbitrary<LogRecord> partitionsDone() {
    Arbitrary<Sidecar.Entry> entry =
        Combinators.combine(Arbitraries.integers(), text().injectNull(0.3), number())
            .as((ordinal, key, rows) -> new Sidecar.Entry(ordinal, key, rows, 1, 2, null));
    return Combinators.combine(text(), files(), entry.list().ofMaxSize(5))
        .as(LogRecord.PartitionsDone::new);
  }

  private static Arbitrary<List<StagedFile>> files() {
    return Combinators.combine(text(), Arbitraries.integers().list().ofMaxSize(3), number())
        .as((path, fields, rows) -> new StagedFile(path, fields, fields, 2, 1, rows, rows))
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<LogRecord> dropped() {
    return Combinators.combine(text(), Arbitraries.integers().list().ofMaxSize(5))
        .as(LogRecord.Dropped::new);
  }

  private static Arbitrary<LogRecord> committing() {
    return Combinators.combine(text(), number()).as(LogRecord.Committing::new);
  }

  private static Arbitrary<LogRecord> heartbeat() {
    return Combinators.combine(text(), text()).as(LogRecord.Heartbeat::new);
  }

  private static Arbitrary<LogRecord> committed() {
    return Combinators.combine(text(), text(), number(), number(), number(), number(), durations())
        .as(LogRecord.Committed::new);
  }

  private static Arbitrary<LogRecord> failed() {
    return Combinators.combine(text(), text(), Arbitraries.of(true, false), text(), durations())
        .as(LogRecord.Failed::new);
  }

  private static Arbitrary<LogRecord> deleteIntent() {
    return Combinators.combine(text(), text().list().ofMaxSize(5)).as(LogRecord.DeleteIntent::new);
  }

  /** Everything that is text: not the halves of characters. */
  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .ofMaxLength(30)
            .filter(text -> text.chars().noneMatch(LogRecords::half)),
        Arbitraries.of("", "\n", "\"}\n{", "ü€𝄞", "0", "null", "geneva-log 1 0 00000000"));
  }

  private static boolean half(int c) {
    return Character.isSurrogate((char) c);
  }

  private static Arbitrary<Long> number() {
    return Arbitraries.longs();
  }

  private static Arbitrary<Map<String, Long>> durations() {
    return Arbitraries.maps(Arbitraries.of("INSPECT", "PLAN", "RUN", "COMMIT"), number());
  }
}
