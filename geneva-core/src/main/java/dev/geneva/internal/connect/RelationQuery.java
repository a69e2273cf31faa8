package dev.geneva.internal.connect;

import dev.geneva.Column;
import dev.geneva.Order;
import dev.geneva.Query;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A query over a relation of a database. Immutable. */
final class RelationQuery implements Query {

  private final Database database;
  private final QuerySpec spec;

  RelationQuery(Database database, QuerySpec spec) {
    this.database = database;
    this.spec = spec;
  }

  Database database() {
    return database;
  }

  QuerySpec spec() {
    return spec;
  }

  @Override
  public Query select(String... columns) {
    return with(spec.withColumns(Stream.of(columns).map(Column::of).toList()));
  }

  @Override
  public Query select(Column... columns) {
    return with(spec.withColumns(List.of(columns)));
  }

  @Override
  public Query where(String predicate) {
    return with(spec.withPredicate(predicate));
  }

  @Override
  public Query nearestTo(String column, float[] vector, int k) {
    return with(spec.withNearest(column, vector, k));
  }

  @Override
  public Query orderBy(String... columns) {
    return with(spec.withOrdering(Stream.of(columns).map(Order::asc).toList()));
  }

  @Override
  public Query orderBy(Order... orders) {
    return with(spec.withOrdering(List.of(orders)));
  }

  @Override
  public Query withRowId() {
    return with(spec.withRowIds());
  }

  @Override
  public Query limit(long rows) {
    return with(spec.withLimit(rows));
  }

  @Override
  public Query offset(long rows) {
    return with(spec.withOffset(rows));
  }

  @Override
  public Schema schema() {
    return over(QueryScan::schema);
  }

  @Override
  public VectorSchemaRoot toArrow() {
    BufferAllocator allocator = database.allocator();
    return over(scan -> scan.all(allocator, allocator));
  }

  @Override
  public ArrowReader toBatches(int batchSize) {
    return over(scan -> scan.batches(batchSize, database.allocator()));
  }

  @Override
  public <R extends Record> Stream<R> records(Class<R> type) {
    return over(scan -> scan.records(type, database.allocator(), UnaryOperator.identity()));
  }

  @Override
  public long countRows() {
    return over(QueryScan::countRows);
  }

  private Query with(QuerySpec refined) {
    return new RelationQuery(database, refined);
  }

  /** What the operation returns holds the dataset for as long as it needs it. */
  private <T> T over(Function<QueryScan, T> operation) {
    try (LanceDataset dataset = database.at(spec)) {
      return operation.apply(QueryScan.of(dataset, spec));
    }
  }

  @Override
  public String toString() {
    return spec.toString();
  }
}
