package dev.geneva.internal.query;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.internal.arrow.BulkReader;
import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.arrow.RecordStream;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.descriptor.Generated;
import dev.geneva.internal.lance.Computation;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.ScanRequest;
import dev.geneva.internal.text.SqlText;
import dev.geneva.internal.text.Suggestion;
import dev.geneva.udtf.ArrowRecordConverter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query over one version of a dataset, found to be possible. It doesn't hold the dataset, which
 * must stay open. Thread-safe.
 */
public final class QueryScan {

  private static final int BULK_BATCH = 8192;

  /** Rows that expressions are computed for at a time: each time costs some milliseconds. */
  private static final int COMPUTED_BATCH = 8192;

  private final LanceDataset dataset;
  private final ResolvedQuery query;
  private final List<OutputColumn> outputs;
  private final RowRanking ranking;

  private QueryScan(
      LanceDataset dataset, ResolvedQuery query, List<OutputColumn> outputs, RowRanking ranking) {
    this.dataset = dataset;
    this.query = query;
    this.outputs = outputs;
    this.ranking = ranking;
  }

  /**
   * Looks up what the query names.
   *
   * @throws NotFoundException if a column isn't there
   * @throws InvalidDefinitionException if the query can't be executed
   */
  public static QueryScan of(LanceDataset dataset, QuerySpec query) {
    ResolvedQuery resolved = ResolvedQuery.of(dataset, query);
    return new QueryScan(dataset, resolved, resolved.outputs(), new RowRanking(dataset, resolved));
  }

  /**
   * The same rows with fewer columns.
   *
   * @param columns of {@link #schema()}, in order; empty: all
   * @throws NotFoundException if one isn't there
   */
  public QueryScan restrictedTo(List<String> columns, String where) {
    if (columns.isEmpty()) {
      return this;
    }
    List<OutputColumn> restricted = new ArrayList<>();
    for (String column : columns) {
      restricted.add(
          outputs.stream()
              .filter(output -> output.name().equals(column))
              .findFirst()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "No column '"
                              + column
                              + "' "
                              + where
                              + Suggestion.among(Schemas.names(schema()), column))));
    }
    return new QueryScan(dataset, query, restricted, ranking);
  }

  /** The columns. */
  public Schema schema() {
    return new Schema(outputs.stream().map(OutputColumn::field).toList());
  }

  /**
   * Finds out whether the predicates make sense, without reading rows.
   *
   * @throws InvalidDefinitionException if one doesn't parse
   * @throws NotFoundException if one names a column that isn't there
   */
  public void requireValidPredicates(BufferAllocator allocator) {
    if (query.filter().isPresent()) {
      ScanRequest request =
          new ScanRequest(List.of(QuerySpec.ROW_ID), query.filter(), OptionalLong.of(1), 0, 1);
      try (ArrowReader reader = dataset.scan(request, allocator)) {
        // Opening it parsed the filter.
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /**
   * Finds out whether the query can be a view's source: whether it gives the same rows each time.
   *
   * @throws InvalidDefinitionException if it doesn't, or a predicate doesn't parse
   * @throws NotFoundException if a predicate names a column that isn't there
   */
  public void requireValidSource(BufferAllocator allocator) {
    QuerySpec spec = query.spec();
    Stream.concat(spec.predicates().stream(), spec.expressions().values().stream())
        .forEach(
            sql ->
                SqlText.nondeterministic(sql)
                    .ifPresent(
                        function -> {
                          throw new InvalidDefinitionException(
                              ("A view's query must give the same rows each time, and '%s' differs"
                                      + " from call to call. Put a value in its place, in: %s")
                                  .formatted(function, sql));
                        }));
    requireValidPredicates(allocator);
  }

  /** The number of rows. */
  public long countRows() {
    long candidates =
        query.spec().nearest() == null ? dataset.countRows(query.filter()) : ranking.found();
    return query.rows(candidates);
  }

  /** Whether {@link #batches} reads each of the dataset's files at most once. */
  public boolean isOnePass() {
    return !query.isRanked();
  }

  /**
   * Streams the rows.
   *
   * @return a reader that the caller closes, on the thread that reads
   */
  public ArrowReader batches(int batchSize, BufferAllocator allocator) {
    requirePositive(batchSize);
    List<OutputColumn> computed = outputs.stream().filter(OutputColumn::isComputed).toList();
    Optional<Computation> computation = query.computation(computed);
    boolean plain = outputs.stream().allMatch(OutputColumn::isPlain);
    if (!query.isRanked()) {
      int size = computed.isEmpty() ? batchSize : COMPUTED_BATCH;
      ArrowReader rows = dataset.scan(request(columns(computation), size), allocator);
      return plain ? rows : new ShapedReader(rows, outputs, computation, batchSize, allocator);
    }
    ArrowReader rows = ranking.open(columns(computation), allocator);
    return new ShapedReader(rows, outputs, computation, batchSize, allocator);
  }

  /**
   * Streams the ids of the rows, in the order of {@link #batches}, without reading what is
   * selected. They are those of this version, and good for {@link #batchesOf} only.
   *
   * @return a reader of {@code _rowid} that the caller closes, on the thread that reads
   */
  public ArrowReader rowIds(int batchSize, BufferAllocator allocator) {
    requireStorageOrder();
    return dataset.scan(request(List.of(RankedReader.ROW_ID), batchSize), allocator);
  }

  /**
   * Streams some of the rows.
   *
   * @param ids of {@link #rowIds}, each at most once, in the order in which the rows are wanted;
   *     not copied
   * @param atATime how many rows to fetch, and to hold in memory, at a time
   * @return a reader that the caller closes, on the thread that reads; it gives as many rows as
   *     there are ids, or throws a {@link dev.geneva.StorageException}
   */
  public ArrowReader batchesOf(long[] ids, int atATime, int batchSize, BufferAllocator allocator) {
    requireStorageOrder();
    requirePositive(batchSize);
    Optional<Computation> computation =
        query.computation(outputs.stream().filter(OutputColumn::isComputed).toList());
    List<Field> stored =
        columns(computation).stream()
            .filter(field -> !field.getName().equals(QuerySpec.ROW_ID))
            .toList();
    ArrowReader rows =
        new RankedReader(
            dataset, stored, RankedRows.of(ids), false, 0, ids.length, atATime, allocator);
    return new ShapedReader(rows, outputs, computation, batchSize, allocator);
  }

  private void requireStorageOrder() {
    if (query.isRanked()) {
      throw new IllegalStateException("Rows of a query that sorts or searches: " + query.spec());
    }
  }

  private static void requirePositive(int batchSize) {
    if (batchSize < 1) {
      throw new InvalidDefinitionException("batchSize must be at least 1, not " + batchSize + ".");
    }
  }

  /** What has to be read. */
  private List<Field> columns(Optional<Computation> computation) {
    List<Field> columns = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (OutputColumn output : outputs) {
      output
          .path()
          .filter(names::add)
          .ifPresent(path -> columns.add(ColumnPaths.named(output.field(), path)));
    }
    computation.stream()
        .flatMap(needed -> needed.inputs().stream())
        .filter(input -> names.add(input.getName()))
        .forEach(columns::add);
    if (columns.isEmpty()) {
      columns.add(RankedReader.ROW_ID); // only constants: rows have to be counted by something
    }
    return columns;
  }

  private ScanRequest request(List<Field> columns, int batchSize) {
    Long limit = query.spec().limit();
    return new ScanRequest(
        columns.stream().map(Field::getName).toList(),
        query.filter(),
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
        query.spec().offset(),
        batchSize);
  }

  /**
   * Reads all rows at once.
   *
   * @param streams for what passes through
   * @param allocator owns the result
   * @return a root that the caller closes
   */
  public VectorSchemaRoot all(BufferAllocator streams, BufferAllocator allocator) {
    // A computed column may be larger than all files.
    boolean computed = outputs.stream().anyMatch(OutputColumn::isComputed);
    long bytesInFiles =
        computed
            ? 1L << 40
            : dataset.dataFiles().values().stream()
                .mapToLong(size -> size < 0 ? 1L << 40 : size)
                .sum();
    return BulkReader.read(
        schema(), countRows(), bytesInFiles, () -> batches(BULK_BATCH, streams), allocator);
  }

  /**
   * Streams the rows as records.
   *
   * @param wrap put around the reader that the stream is made from
   * @return a stream that releases what it holds at its end or when it is closed
   */
  public <R extends Record> Stream<R> records(
      Class<R> type, BufferAllocator allocator, UnaryOperator<ArrowReader> wrap) {
    ArrowRecordConverter<R> converter = Generated.converter(type);
    Schemas.checkReadable(
        "'" + query.spec().source() + "' as " + type.getSimpleName(), converter.schema(), schema());
    QueryScan needed = restrictedTo(Schemas.names(converter.schema()), "");
    return RecordStream.of(wrap.apply(needed.batches(RecordBatches.ROWS, allocator)), converter);
  }
}
