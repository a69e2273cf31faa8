package dev.geneva.fault;

import dev.geneva.internal.connect.FaultyDatabase;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.view.Sidecar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the log of the view {@code view} says that the next refresh needn't do. */
final class LogView {

  private final Map<Integer, String> done = new HashMap<>();
  private final Map<Integer, Integer> durable = new HashMap<>();
  private String plan = "";
  private long sourceVersion;

  private LogView() {}

  private static LogView of(FaultyDatabase database) {
    LogView view = new LogView();
    database.tail("view").forEach(view::read);
    return view;
  }

  /** The keys of the partitions that are finished. */
  static Set<String> done(FaultyDatabase database) {
    return new HashSet<>(of(database).done.values());
  }

  /**
   * Whether the last plan is of a version of the source. One of another is left where a refresh
   * committed, died before it could say so, and the next one has planned nothing yet.
   */
  static boolean isOf(FaultyDatabase database, long sourceVersion) {
    return of(database).sourceVersion == sourceVersion;
  }

  /** How many batches of unfinished partitions are durable, by the partitions' keys. */
  static Map<String, Integer> durable(FaultyDatabase database) {
    Map<String, Integer> byKey = new HashMap<>();
    of(database)
        .durable
        .forEach(
            (ordinal, batches) -> {
              // One of them is the key of a partition by column, the other of all rows.
              byKey.put("k = " + ordinal, batches);
              byKey.put(Traced.ALL_ROWS, batches);
            });
    return byKey;
  }

  private void read(LogRecord logRecord) {
    if (logRecord instanceof LogRecord.Planned planned) {
      if (!plan.equals(planned.identity() + planned.digest())) {
        done.clear();
        durable.clear();
      }
      plan = planned.identity() + planned.digest();
      sourceVersion = planned.identity().source().version();
    } else if (logRecord instanceof LogRecord.PartitionsDone group) {
      for (Sidecar.Entry entry : group.partitions()) {
        done.put(entry.ordinal(), entry.key() == null ? Traced.ALL_ROWS : entry.key());
        durable.remove(entry.ordinal());
      }
    } else if (logRecord instanceof LogRecord.BatchesDurable more) {
      durable.merge(more.partition(), more.batches().marks().size(), Integer::sum);
    } else if (logRecord instanceof LogRecord.Dropped dropped) {
      dropped.partitions().forEach(done::remove);
      dropped.partitions().forEach(durable::remove);
    }
  }
}
