package dev.geneva.internal.refresh;

import dev.geneva.CleanUpOptions;
import dev.geneva.CleanUpReport;
import dev.geneva.internal.clean.ViewCleanUp;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.run.Cancellation;
import java.time.Instant;
import java.util.Map;

/** Cleans up behind a view because somebody asks for it, as the owner of its log. */
public final class CleanUp {

  private CleanUp() {}

  /**
   * Cleans up.
   *
   * @throws dev.geneva.RefreshInProgressException if somebody else is the owner
   */
  public static CleanUpReport run(
      LanceStorage storage, RefreshLog log, String view, CleanUpOptions options) {
    LogRecord.Acquired held = Refresh.holding(log, "clean-up");
    String id = held.refreshId();
    try (Ownership ownership = log.tryOwn().orElseThrow(() -> Refresh.inProgress(view, log))) {
      ViewCleanUp cleanUp = new ViewCleanUp(storage, log, view);
      if (options.isDryRun()) {
        return cleanUp.onDemand(ownership, id, options);
      }
      if (!ownership.tryAppend(held)) {
        throw Refresh.inProgress(view, log);
      }
      try (LeaseKeeper lease =
          LeaseKeeper.start(ownership, view, id, log.lease(), new Cancellation())) {
        return cleanUp.onDemand(ownership, id, options);
      } catch (RuntimeException e) {
        ownership.tryAppend(
            new LogRecord.Failed(id, Instant.now().toString(), false, e.toString(), Map.of()));
        throw e;
      }
    }
  }
}
