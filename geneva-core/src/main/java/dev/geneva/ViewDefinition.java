package dev.geneva;

import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How a view is defined, as stored with it.
 *
 * @param name the view's name
 * @param uuid tells it from every other view, also of the same name
 * @param createdAt when it was created
 * @param sourceName the table or view that its query reads
 * @param query the query, for people
 * @param udtfClass the binary name of the function's class
 * @param udtfName the function's name
 * @param parameters the function's parameters, as a JSON object
 * @param inputColumns the columns that the function sees, in order
 * @param outputSchema the view's columns
 * @param partitioning how the source is split
 * @param resources what a call asks for
 */
public record ViewDefinition(
    String name,
    UUID uuid,
    Instant createdAt,
    String sourceName,
    String query,
    String udtfClass,
    String udtfName,
    String parameters,
    List<String> inputColumns,
    Schema outputSchema,
    Partitioning partitioning,
    Resources resources) {
  /** Copies the list. */
  public ViewDefinition {
    inputColumns = List.copyOf(inputColumns);
  }
}
