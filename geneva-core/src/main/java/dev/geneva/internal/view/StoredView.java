package dev.geneva.internal.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geneva.ViewDefinition;
import dev.geneva.ViewOptions;
import dev.geneva.ViewOptions.UncoveredRows;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import dev.geneva.udtf.UdtfDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A view's definition as it is stored: one JSON value in the metadata of the Lance schema, which is
 * the only place that creating a dataset writes at once with its columns.
 *
 * @param uuid tells the view from every other, also of the same name
 * @param createdAt ISO-8601
 * @param query what the function reads
 * @param udtfClass the binary name of the function's class
 * @param udtfName the function's name
 * @param parameters the function's parameters
 * @param inputColumns the columns that the function sees; empty: all
 * @param outputSchema the view's columns, as Arrow writes a schema in JSON
 * @param partitionBy the partition column
 * @param partitionByIndexedColumn the indexed column
 * @param numCpus CPUs of a call
 * @param numGpus GPUs of a call
 * @param memoryBytes memory of a call; null: not limited
 * @param uncoveredRows what becomes of rows that an index doesn't cover; null: the default
 * @param keptVersions how many versions of the view stay
 * @param keptForMillis for how long a version stays, whatever their number
 */
public record StoredView(
    String uuid,
    String createdAt,
    QuerySpec query,
    String udtfClass,
    String udtfName,
    JsonNode parameters,
    List<String> inputColumns,
    JsonNode outputSchema,
    @Nullable String partitionBy,
    @Nullable String partitionByIndexedColumn,
    double numCpus,
    double numGpus,
    @Nullable Long memoryBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UncoveredRows uncoveredRows,
    int keptVersions,
    long keptForMillis) {

  private static final String KEY = "geneva.view";

  /** Copies the list. */
  public StoredView {
    inputColumns = List.copyOf(inputColumns);
  }

  /** The definition of a new view. */
  public static StoredView of(QuerySpec query, UdtfBinding udtf, ViewOptions options) {
    UdtfDescriptor<?> descriptor = udtf.descriptor();
    Partitioning partitioning = descriptor.partitioning();
    Resources resources = descriptor.resources();
    return new StoredView(
        UUID.randomUUID().toString(),
        Instant.now().toString(),
        query,
        descriptor.udtfClass().getName(),
        descriptor.name(),
        Json.read(udtf.parameters(), JsonNode.class),
        descriptor.inputColumns(),
        Json.read(descriptor.outputSchema().toJson(), JsonNode.class),
        partitioning instanceof Partitioning.ByColumn by ? by.column() : null,
        partitioning instanceof Partitioning.ByIndexedColumn by ? by.column() : null,
        resources.numCpus(),
        resources.numGpus(),
        resources.memoryBytes().isPresent() ? resources.memoryBytes().getAsLong() : null,
        options.uncoveredRows(),
        options.keptVersions(),
        options.keptFor().toMillis());
  }

  /** What becomes of rows that an index doesn't cover. */
  public UncoveredRows uncovered() {
    return uncoveredRows == null ? UncoveredRows.ASSIGN : uncoveredRows;
  }

  /** The definition in a dataset's schema; empty if the dataset isn't a view. */
  public static Optional<StoredView> in(Schema schema) {
    Map<String, String> metadata = schema.getCustomMetadata();
    return Optional.ofNullable(metadata == null ? null : metadata.get(KEY))
        .map(json -> Json.read(json, StoredView.class));
  }

  /** The dataset's schema: the output's columns, with this definition. */
  public Schema datasetSchema() {
    return new Schema(output().getFields(), Map.of(KEY, Json.write(this)));
  }

  /** The view's columns. */
  public Schema output() {
    try {
      return Schema.fromJSON(outputSchema.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the source is split. */
  public Partitioning partitioning() {
    if (partitionBy != null) {
      return Partitioning.byColumn(partitionBy);
    }
    return partitionByIndexedColumn != null
        ? Partitioning.byIndexedColumn(partitionByIndexedColumn)
        : Partitioning.none();
  }

  /** For the application. */
  public ViewDefinition toDefinition(String name) {
    return new ViewDefinition(
        name,
        UUID.fromString(uuid),
        Instant.parse(createdAt),
        query.source(),
        query.toString(),
        udtfClass,
        udtfName,
        parameters.toString(),
        inputColumns,
        output(),
        partitioning(),
        new Resources(
            numCpus,
            numGpus,
            memoryBytes == null ? OptionalLong.empty() : OptionalLong.of(memoryBytes)));
  }
}
