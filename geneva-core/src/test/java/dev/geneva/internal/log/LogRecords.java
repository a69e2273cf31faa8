package dev.geneva.internal.log;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of every type. */
final class LogRecords {

  private LogRecords() {}

  static Arbitrary<LogRecord> any() {
    return Arbitraries.oneOf(acquired(), committed(), failed(), deleteIntent());
  }

  private static Arbitrary<LogRecord> acquired() {
    return Combinators.combine(text(), text(), text(), text(), text(), number())
        .as(LogRecord.Acquired::new);
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
