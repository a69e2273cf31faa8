package dev.geneva.internal.log;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * One record of a view's log. Times are ISO-8601, durations milliseconds by stage; the values are
 * plain so that a newer release reads what an older one wrote.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LogRecord.Acquired.class, name = "acquired"),
  @JsonSubTypes.Type(value = LogRecord.Committed.class, name = "committed"),
  @JsonSubTypes.Type(value = LogRecord.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = LogRecord.DeleteIntent.class, name = "delete-intent"),
})
public sealed interface LogRecord {

  /** The refresh that wrote it. */
  String refreshId();

  /**
   * A refresh has become the owner.
   *
   * @param owner process, host and user, for people
   * @param engine where its tasks run
   * @param at when, by the owner's clock
   * @param reason why it runs
   * @param sourceVersion the version of the source that it reads
   */
  record Acquired(
      String refreshId, String owner, String engine, String at, String reason, long sourceVersion)
      implements LogRecord {}

  /**
   * The view has been swapped; the refresh has ended.
   *
   * @param viewVersion the version that the commit made
   */
  record Committed(
      String refreshId,
      String at,
      long viewVersion,
      long rowsRead,
      long rowsWritten,
      long batchesWritten,
      Map<String, Long> durations)
      implements LogRecord {
    /** Copies the map. */
    public Committed {
      durations = Map.copyOf(durations);
    }
  }

  /**
   * The refresh has ended without a commit.
   *
   * @param cancelled whether somebody asked for it
   * @param cause class and message of the error
   */
  record Failed(
      String refreshId, String at, boolean cancelled, String cause, Map<String, Long> durations)
      implements LogRecord {
    /** Copies the map. */
    public Failed {
      durations = Map.copyOf(durations);
    }
  }

  /**
   * Data files are going to be deleted, or have been: nobody may adopt them any more.
   *
   * @param files relative to the view's {@code data} folder
   */
  record DeleteIntent(String refreshId, List<String> files) implements LogRecord {
    /** Copies the list. */
    public DeleteIntent {
      files = List.copyOf(files);
    }
  }
}
