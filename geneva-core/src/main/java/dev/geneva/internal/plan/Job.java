package dev.geneva.internal.plan;

import dev.geneva.internal.query.QuerySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of one refresh have in common. Plain values, so that it can be sent to another
 * process as JSON.
 *
 * @param refreshId the refresh
 * @param view the view's name
 * @param query what the function reads
 * @param sourceVersion the version of the source that is read
 * @param inputColumns the columns that the function sees; empty: all
 * @param udtfClass the binary name of the function's class
 * @param parameters the function's parameters, as a JSON object
 * @param memoryBytes the limit of a call's allocator; null: not limited
 */
public record Job(
    String refreshId,
    String view,
    QuerySpec query,
    long sourceVersion,
    List<String> inputColumns,
    String udtfClass,
    String parameters,
    @Nullable Long memoryBytes) {
  /** Copies the list. */
  public Job {
    inputColumns = List.copyOf(inputColumns);
  }
}
