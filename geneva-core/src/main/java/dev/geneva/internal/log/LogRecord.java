package dev.geneva.internal.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.Sidecar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a view's log. Times are ISO-8601, durations milliseconds by stage; the values are
 * plain so that a newer release reads what an older one wrote.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LogRecord.Acquired.class, name = "acquired"),
  @JsonSubTypes.Type(value = LogRecord.Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = LogRecord.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = LogRecord.Adopted.class, name = "adopted"),
  @JsonSubTypes.Type(value = LogRecord.BatchesDurable.class, name = "batches-durable"),
  @JsonSubTypes.Type(value = LogRecord.PartitionsDone.class, name = "partitions-done"),
  @JsonSubTypes.Type(value = LogRecord.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = LogRecord.DeleteIntent.class, name = "delete-intent"),
  @JsonSubTypes.Type(value = LogRecord.Committing.class, name = "committing"),
  @JsonSubTypes.Type(value = LogRecord.Committed.class, name = "committed"),
  @JsonSubTypes.Type(value = LogRecord.Cleaned.class, name = "cleaned"),
  @JsonSubTypes.Type(value = LogRecord.Failed.class, name = "failed"),
})
public sealed interface LogRecord {

  /** The refresh that wrote it. */
  String refreshId();

  /**
   * A refresh has become the owner.
   *
   * @param owner process, host and user, for people
   * @param domain among whom a lock tells whether the owner lives
   * @param engine where its tasks run; null if it isn't a refresh, but a clean-up or a drop
   * @param at when, by the owner's clock
   * @param reason why it runs
   * @param sourceVersion the version of the source that it reads
   * @param generation the generation of the view that its commit would make
   * @param leaseMillis after so long without a record, others may take the owner for dead
   * @param takenOverFrom the refresh whose owner was dead; null if the one before had ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Acquired(
      String refreshId,
      String owner,
      String domain,
      @Nullable String engine,
      String at,
      String reason,
      long sourceVersion,
      long generation,
      long leaseMillis,
      @Nullable String takenOverFrom)
      implements LogRecord {}

  /**
   * The owner lives, though it had nothing else to say.
   *
   * @param at when, by the owner's clock
   */
  record Heartbeat(String refreshId, String at) implements LogRecord {}

  /**
   * The refresh knows its partitions. Its later records name them by their places in the order of
   * keys; whoever has the same identity and the same digest means the same partitions.
   *
   * @param identity what decides the rows
   * @param digest of all partitions' keys and numbers of rows
   */
  record Planned(String refreshId, RefreshIdentity identity, String digest) implements LogRecord {}

  /**
   * The refresh goes on from what others had left, but for what it drops in later records.
   *
   * @param from the refreshes, in the order of the log
   */
  record Adopted(String refreshId, List<String> from) implements LogRecord {
    /** Copies the list. */
    public Adopted {
      from = List.copyOf(from);
    }
  }

  /**
   * Batches of a partition are durable that isn't finished; they follow those of earlier records.
   *
   * @param partition its place in the order of keys
   */
  record BatchesDurable(String refreshId, int partition, DurableBatches batches)
      implements LogRecord {}

  /**
   * Partitions are finished, and durable.
   *
   * @param files all that hold their rows, in the order of the rows
   * @param partitions in the order of keys
   */
  record PartitionsDone(String refreshId, List<StagedFile> files, List<Sidecar.Entry> partitions)
      implements LogRecord {
    /** Copies the lists. */
    public PartitionsDone {
      files = List.copyOf(files);
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * What was durable of partitions isn't worth anything any more.
   *
   * @param partitions their places in the order of keys
   */
  record Dropped(String refreshId, List<Integer> partitions) implements LogRecord {
    /** Copies the list. */
    public Dropped {
      partitions = List.copyOf(partitions);
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

  /**
   * All is durable, and the view is about to be swapped.
   *
   * @param generation the one that the commit makes
   */
  record Committing(String refreshId, long generation) implements LogRecord {}

  /**
   * The view has been swapped; the refresh has ended, but for deleting what nobody needs any more.
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
   * What nobody needs any more is deleted; a clean-up that was nothing else has ended.
   *
   * @param files data files that were deleted
   */
  record Cleaned(String refreshId, String at, int files) implements LogRecord {}

  /** Whether it ends the ownership of the refresh that wrote it. */
  default boolean ends() {
    return this instanceof Committed || this instanceof Failed || this instanceof Cleaned;
  }
}
