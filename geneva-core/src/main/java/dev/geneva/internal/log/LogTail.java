package dev.geneva.internal.log;

import java.util.List;
import java.util.Optional;

/**
 * The end of a view's log: all that matters to the next refresh.
 *
 * @param records from the last commit on, which is the first of them if there was one
 * @param last the number of the last record; 0 if there is none
 */
public record LogTail(List<LogRecord> records, long last) {
  /** Copies the list. */
  public LogTail {
    records = List.copyOf(records);
  }

  /** The owner that hasn't ended, dead or alive. */
  public Optional<LogRecord.Acquired> openOwner() {
    for (int i = records.size() - 1; i >= 0; i--) {
      if (records.get(i).ends()) {
        return Optional.empty();
      }
      if (records.get(i) instanceof LogRecord.Acquired acquired) {
        return Optional.of(acquired);
      }
    }
    return Optional.empty();
  }

  /** Whether all was cleaned up after the last commit, and nobody has begun anything since. */
  public boolean isClean() {
    return records.isEmpty()
        || (records.stream().anyMatch(LogRecord.Cleaned.class::isInstance)
            && records.stream().noneMatch(LogRecord.Acquired.class::isInstance));
  }
}
