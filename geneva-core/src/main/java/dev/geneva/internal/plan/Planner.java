package dev.geneva.internal.plan;

import dev.geneva.Column;
import dev.geneva.ExecutionMode;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.LocalCapacity;
import dev.geneva.ResourcesUnavailableException;
import dev.geneva.internal.digest.Digest;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.lance.IvfAssignments;
import dev.geneva.internal.lance.IvfIndex;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.partition.Assignment;
import dev.geneva.internal.partition.ColumnPartitioner;
import dev.geneva.internal.partition.IndexPartitioner;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import dev.geneva.udtf.UdtfDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes plans. */
public final class Planner {

  private static final int SCAN_BATCH = 8192;

  /**
   * What rows that were read may take in memory at the most, and what they may take anyway. Vectors
   * hold 2 GiB, and how wide rows are is known from a sample only.
   */
  private static final long MOST_BYTES_IN_MEMORY = 1L << 30;

  private static final long FREE_BYTES_IN_MEMORY = 16L << 20;

  private final LocalCapacity capacity;
  private final int workers;
  private final BufferAllocator allocator;

  /**
   * Plans for a place.
   *
   * @param capacity what there is
   * @param workers tasks that run at a time
   * @param allocator for the scans that planning needs; remains the caller's
   */
  public Planner(LocalCapacity capacity, int workers, BufferAllocator allocator) {
    this.capacity = capacity;
    this.workers = workers;
    this.allocator = allocator;
  }

  /**
   * Finds out whether a function can run over a query at all.
   *
   * @throws InvalidDefinitionException if not
   * @throws dev.geneva.NotFoundException if a column is missing
   */
  public static void requirePlannable(
      LanceDataset source, QuerySpec query, UdtfDescriptor<?> udtf) {
    QueryScan.of(source, query)
        .restrictedTo(udtf.inputColumns(), "in the query, for " + udtf.name());
    if (!(udtf.partitioning() instanceof Partitioning.None)) {
      requireStorageOrder(query, udtf);
    }
    if (udtf.partitioning() instanceof Partitioning.ByColumn by) {
      Field column = keys(source, query, by.column()).schema().getFields().get(0);
      ColumnPartitioner.requireKey(column);
    } else if (udtf.partitioning() instanceof Partitioning.ByIndexedColumn by) {
      IvfIndex.open(source, by.column());
    }
  }

  /**
   * The query is scanned more than once, and has to give the same rows in the same order each time:
   * a sort or a search may put equal rows in any.
   */
  private static void requireStorageOrder(QuerySpec query, UdtfDescriptor<?> udtf) {
    if (!query.ordering().isEmpty() || query.nearest() != null) {
      throw new InvalidDefinitionException(
          udtf.name()
              + " is partitioned, so its query can't have "
              + (query.nearest() == null ? "orderBy" : "nearestTo")
              + ": rows that tie could be in two partitions or none.");
    }
  }

  /** The query's rows with the partition column only, which the query needn't select. */
  private static QueryScan keys(LanceDataset source, QuerySpec query, String column) {
    String sql = query.expressions().get(column);
    Column key = sql == null ? Column.of(column) : Column.of(column, sql);
    return QueryScan.of(source, query.withColumns(List.of(key)));
  }

  /**
   * Plans a refresh.
   *
   * @param refreshId the refresh that runs it
   * @param earlier finds what needn't run again
   * @throws ResourcesUnavailableException if the function asks for GPUs that nobody declared
   */
  public ExecutionPlan plan(Inspection inspection, String refreshId, EarlierWork.Search earlier) {
    UdtfDescriptor<?> udtf = inspection.udtf().descriptor();
    requirePlannable(inspection.source(), inspection.definition().query(), udtf);
    requireResources(udtf);
    if (udtf.partitioning() instanceof Partitioning.ByColumn by) {
      return partitioned(
          inspection,
          udtf,
          ExecutionMode.PARTITIONED_BY_COLUMN,
          byColumn(inspection, by.column()),
          refreshId,
          earlier);
    }
    if (udtf.partitioning() instanceof Partitioning.ByIndexedColumn by) {
      return partitioned(
          inspection,
          udtf,
          ExecutionMode.PARTITIONED_BY_INDEX,
          byIndex(inspection, by.column()),
          refreshId,
          earlier);
    }
    return singleWorker(inspection, udtf, refreshId, earlier);
  }

  private Assignment byColumn(Inspection inspection, String column) {
    try (ArrowReader rows =
        keys(inspection.source(), inspection.definition().query(), column)
            .batches(SCAN_BATCH, allocator)) {
      return ColumnPartitioner.partition(column, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Assignment byIndex(Inspection inspection, String column) {
    LanceDataset source = inspection.source();
    IvfIndex index = IvfIndex.open(source, column);
    IvfAssignments assignments = index.assignments();
    QueryScan scan = keys(source, inspection.definition().query().withRowIds(), column);
    boolean all = assignments.coveredRows() == source.countRows(Optional.empty());
    try (ArrowReader rows =
        (all ? scan.restrictedTo(List.of(QuerySpec.ROW_ID), "") : scan)
            .batches(SCAN_BATCH, allocator)) {
      return new IndexPartitioner(index, assignments, inspection.definition().uncovered())
          .partition(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ExecutionPlan singleWorker(
      Inspection inspection, UdtfDescriptor<?> udtf, String refreshId, EarlierWork.Search earlier) {
    long rows = scan(inspection, inspection.definition().query(), udtf).countRows();
    Partition all = new Partition(0, Optional.empty(), rows);
    String digest = new Digest().add("all").add(Long.toString(rows)).hex();
    EarlierWork there = earlier.of(digest);
    List<Pass> passes =
        there.finishedOrdinals().contains(0)
            ? List.of()
            : List.of(Pass.of(new Task(0, List.of(there.begun(all)), true)));
    return new ExecutionPlan(
        job(inspection, udtf, refreshId),
        ExecutionMode.SINGLE_WORKER,
        digest,
        Optional.empty(),
        passes.isEmpty() ? 0 : rows,
        0,
        1,
        0,
        passes,
        there.finished(),
        Reasons.singleWorker(there),
        warnings(udtf));
  }

  private ExecutionPlan partitioned(
      Inspection inspection,
      UdtfDescriptor<?> udtf,
      ExecutionMode mode,
      Assignment assignment,
      String refreshId,
      EarlierWork.Search earlier) {
    String digest = assignment.digest();
    EarlierWork there = earlier.of(digest);
    Set<Integer> done = there.finishedOrdinals();
    List<Partition> toRun = new ArrayList<>();
    for (int ordinal = 0; ordinal < assignment.keys().size(); ordinal++) {
      if (!done.contains(ordinal)) {
        toRun.add(
            there.begun(
                new Partition(
                    ordinal,
                    Optional.of(assignment.keys().get(ordinal)),
                    assignment.rows().get(ordinal))));
      }
    }
    long rows = toRun.stream().mapToLong(Partition::rows).sum();
    RowWidth width = width(inspection, udtf);
    TaskCutter cutter = new TaskCutter(workers, width.bytes(), memoryOfRows());
    List<Pass> passes = cutter.cut(toRun);
    return new ExecutionPlan(
        job(inspection, udtf, refreshId),
        mode,
        digest,
        Optional.of(assignment.ordinals()),
        rows,
        rows * width.bytes(),
        assignment.keys().size(),
        assignment.uncovered(),
        passes,
        there.finished(),
        Reasons.partitioned(udtf, assignment, there, width, cutter, passes),
        warnings(udtf));
  }

  /** A quarter, as functions need memory too. */
  private long memoryOfRows() {
    return Math.max(
        FREE_BYTES_IN_MEMORY, Math.min(MOST_BYTES_IN_MEMORY, capacity.memoryBytes() / 4));
  }

  private RowWidth width(Inspection inspection, UdtfDescriptor<?> udtf) {
    QuerySpec query = inspection.definition().query();
    long sample =
        query.limit() == null ? RowWidth.SAMPLE : Math.min(RowWidth.SAMPLE, query.limit());
    return RowWidth.of(scan(inspection, query.withLimit(sample), udtf), allocator);
  }

  private static QueryScan scan(Inspection inspection, QuerySpec query, UdtfDescriptor<?> udtf) {
    return QueryScan.of(inspection.source(), query)
        .restrictedTo(udtf.inputColumns(), "for " + udtf.name());
  }

  private static Job job(Inspection inspection, UdtfDescriptor<?> udtf, String refreshId) {
    Resources resources = udtf.resources();
    return new Job(
        refreshId,
        inspection.view().name(),
        inspection.definition().query(),
        inspection.source().version(),
        udtf.inputColumns(),
        udtf.udtfClass().getName(),
        inspection.udtf().parameters(),
        resources.memoryBytes().isPresent() ? resources.memoryBytes().getAsLong() : null);
  }

  private List<String> warnings(UdtfDescriptor<?> udtf) {
    Resources resources = udtf.resources();
    List<String> warnings = new ArrayList<>();
    if (resources.numCpus() > capacity.cpus()) {
      warnings.add(
          "%s asks for %s CPUs, and there are %s: it runs alone."
              .formatted(udtf.name(), resources.numCpus(), capacity.cpus()));
    }
    if (resources.memoryBytes().orElse(0) > capacity.memoryBytes()) {
      warnings.add(
          "%s asks for %d bytes, and there are %d: it runs alone."
              .formatted(udtf.name(), resources.memoryBytes().orElse(0), capacity.memoryBytes()));
    }
    return warnings;
  }

  private void requireResources(UdtfDescriptor<?> udtf) {
    if (udtf.resources().numGpus() > capacity.gpus()) {
      throw new ResourcesUnavailableException(
          "%s asks for %s GPUs, and there are %s. Declare them with Geneva.builder(uri).localCapacity(…)."
              .formatted(udtf.name(), udtf.resources().numGpus(), capacity.gpus()));
    }
  }
}
