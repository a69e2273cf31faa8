package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.KeptBatches;
import dev.geneva.internal.text.Predicates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;

/**
 * Computes SQL expressions over batches. Lance's scanner can't, and Lance's SQL gives the rows of a
 * table in no definite order and reads predicates otherwise than a scan does. So a batch, whose
 * rows a scan chose, becomes a table in memory, over which the SQL runs. Thread-safe.
 */
public final class Computation {

  /** A name that can't be meant by a reference such as {@code t.x}. */
  private static final String TABLE = "geneva_batch";

  private final String what;
  private final Map<String, String> expressions;
  private final List<Field> inputs;
  private final String ordinal;
  private final Schema schema;

  private Computation(
      String what, Map<String, String> expressions, Schema columns, BufferAllocator allocator) {
    this.what = what;
    this.expressions = new LinkedHashMap<>(expressions);
    this.expressions.replaceAll((name, sql) -> Predicates.enclosed(sql));
    this.inputs =
        columns.getFields().stream().filter(field -> mentioned(field, expressions)).toList();
    this.ordinal = unused("geneva_ordinal", inputs);
    this.schema = resultSchema(columns, allocator);
  }

  /**
   * Prepares expressions.
   *
   * @param expressions SQL by the name of the result, in order; at least one
   * @param columns of the dataset
   * @throws InvalidDefinitionException if one doesn't parse or isn't computed row by row
   * @throws NotFoundException if one names a column that isn't there
   */
  public static Computation of(
      LanceDataset dataset, Map<String, String> expressions, Schema columns) {
    return new Computation(
        "computing " + expressions + " of '" + dataset.name() + "'",
        expressions,
        columns,
        dataset.dataset().allocator());
  }

  /** Whether a name occurs, perhaps as a part of another: one column too many does no harm. */
  private static boolean mentioned(Field column, Map<String, String> expressions) {
    String name = column.getName().toLowerCase(Locale.ROOT);
    return expressions.values().stream()
        .anyMatch(sql -> sql.toLowerCase(Locale.ROOT).contains(name));
  }

  private static String unused(String name, List<Field> inputs) {
    return inputs.stream().anyMatch(field -> field.getName().equalsIgnoreCase(name))
        ? unused(name + "_", inputs)
        : name;
  }

  /** The columns of a dataset that the expressions may use. */
  public List<Field> inputs() {
    return inputs;
  }

  /** The columns that are computed. */
  public Schema schema() {
    return schema;
  }

  private Schema resultSchema(Schema columns, BufferAllocator allocator) {
    List<String> names = columns.getFields().stream().map(Field::getName).toList();
    try (VectorSchemaRoot none = VectorSchemaRoot.create(new Schema(inputs), allocator)) {
      Schema first = schema(none, allocator);
      boolean views = false;
      for (Field field : first.getFields()) {
        // Columns of such types can't be stored by Lance, and are news to many of Arrow's users.
        String plain =
            field.getType() instanceof ArrowType.Utf8View
                ? "Utf8"
                : field.getType() instanceof ArrowType.BinaryView ? "Binary" : "";
        if (!plain.isEmpty()) {
          views = true;
          expressions.computeIfPresent(
              field.getName(), (name, sql) -> "arrow_cast(" + sql + ", '" + plain + "')");
        }
      }
      return views ? schema(none, allocator) : first;
    } catch (StorageException e) {
      throw new InvalidDefinitionException("Can't be computed: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw LanceErrors.translate(what, e, names);
    }
  }

  private Schema schema(VectorSchemaRoot none, BufferAllocator allocator) throws IOException {
    try (Dataset table = table(none, allocator);
        ArrowReader reader = table.sql(query()).tableName(TABLE).intoBatchRecords()) {
      List<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields();
      return new Schema(fields.subList(0, expressions.size()));
    }
  }

  private String query() {
    StringBuilder sql = new StringBuilder("SELECT ");
    expressions.forEach(
        (name, e) -> sql.append(e).append(" AS ").append(quoted(name)).append(", "));
    return sql.append(quoted(ordinal))
        .append(" FROM ")
        .append(TABLE)
        .append(" ORDER BY ")
        .append(quoted(ordinal))
        .toString();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private Dataset table(VectorSchemaRoot batch, BufferAllocator allocator) {
    List<Field> fields = new ArrayList<>();
    List<FieldVector> vectors = new ArrayList<>();
    for (Field input : inputs) {
      fields.add(input);
      vectors.add(batch.getVector(input.getName()));
    }
    int rows = batch.getRowCount();
    try (IntVector ordinals = new IntVector(ordinal, allocator);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      ordinals.allocateNew(Math.max(1, rows));
      for (int row = 0; row < rows; row++) {
        ordinals.set(row, row);
      }
      ordinals.setValueCount(rows);
      fields.add(ordinals.getField());
      vectors.add(ordinals);
      Data.exportArrayStream(
          allocator, new OneBatch(new VectorSchemaRoot(fields, vectors, rows), allocator), stream);
      return Dataset.write().allocator(allocator).stream(stream)
          .uri("memory://" + UUID.randomUUID())
          .execute();
    }
  }

  /**
   * Computes the expressions for each row of a batch.
   *
   * @param batch has the {@link #inputs}; remains the caller's
   * @param owner owns the result
   * @return a root that the caller closes, with as many rows
   * @throws StorageException if an expression fails for a row
   */
  public VectorSchemaRoot compute(VectorSchemaRoot batch, BufferAllocator owner) {
    VectorSchemaRoot results = VectorSchemaRoot.create(schema, owner);
    try (Dataset table = table(batch, owner);
        KeptBatches computed = new KeptBatches(owner);
        ArrowReader reader = table.sql(query()).tableName(TABLE).intoBatchRecords()) {
      while (reader.loadNextBatch()) {
        computed.add(reader.getVectorSchemaRoot());
      }
      int rows = batch.getRowCount();
      if (computed.rows() != rows) {
        throw new StorageException(
            "%s gave %d values for %d rows.".formatted(what, computed.rows(), rows));
      }
      int[] order = java.util.stream.IntStream.range(0, rows).toArray();
      computed.gather(order, rows, expressions.size(), results);
      results.setRowCount(rows);
      return results;
    } catch (IOException | RuntimeException e) {
      results.close();
      throw LanceErrors.translate(what, e);
    }
  }

  /** One batch as a stream. It doesn't own the batch. */
  private static final class OneBatch extends ArrowReader {
    private final VectorSchemaRoot batch;
    private boolean read;

    OneBatch(VectorSchemaRoot batch, BufferAllocator allocator) {
      super(allocator);
      this.batch = batch;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
      return batch;
    }

    @Override
    public boolean loadNextBatch() {
      boolean first = !read;
      read = true;
      return first;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close(boolean closeReadSource) {}

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return batch.getSchema();
    }
  }
}
