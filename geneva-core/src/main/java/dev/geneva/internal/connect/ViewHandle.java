package dev.geneva.internal.connect;

import dev.geneva.CleanUpOptions;
import dev.geneva.CleanUpReport;
import dev.geneva.Engine;
import dev.geneva.ExecutionMode;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.LocalEngine;
import dev.geneva.NotFoundException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshPlan;
import dev.geneva.RefreshPlan.Figure;
import dev.geneva.RefreshRecord;
import dev.geneva.RefreshReport;
import dev.geneva.SourceVersionGoneException;
import dev.geneva.Stage;
import dev.geneva.UdtfView;
import dev.geneva.ViewDefinition;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.inspect.Inspector;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.plan.ExecutionPlan;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Planner;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.refresh.CleanUp;
import dev.geneva.internal.refresh.History;
import dev.geneva.internal.refresh.ProgressReporter;
import dev.geneva.internal.refresh.Refresh;
import dev.geneva.internal.remote.DistributedEngine.Room;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.internal.remote.RefreshOrder;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.StoredView;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A view. It holds nothing open itself; what it keeps makes an unchanged refresh cheap. */
final class ViewHandle extends RelationHandle implements UdtfView {

  private final Rooms rooms;
  private volatile @Nullable Proof proof;
  private volatile @Nullable Bound bound;

  ViewHandle(Database database, String name, @Nullable Long pinned) {
    super(database, name, pinned);
    this.rooms = new Rooms(database);
  }

  /** That the view was current when view and source were these; nothing else can change it. */
  private record Proof(
      LanceDataset view, LanceDataset source, ExecutionMode mode, int partitions, String reason) {}

  /** The function of a view, which is fixed when the view is created. */
  private record Bound(String uuid, UdtfBinding udtf) {}

  @Override
  public UdtfView at(long version) {
    ViewHandle at = new ViewHandle(database, name, version);
    at.open().close(); // so that a missing version is noticed here
    return at;
  }

  @Override
  public RefreshReport refresh() {
    return refresh(RefreshOptions.ofDefaults());
  }

  @Override
  public RefreshReport refresh(RefreshOptions options) {
    return refresh(options, new ProgressReporter(options.listener()), new Cancellation());
  }

  @Override
  public RefreshHandle refreshAsync(RefreshOptions options) {
    return BackgroundRefresh.start(
        name,
        new ProgressReporter(options.listener()),
        (progress, cancellation) -> refresh(options, progress, cancellation));
  }

  private RefreshReport refresh(
      RefreshOptions options, ProgressReporter progress, Cancellation cancellation) {
    if (pinned != null) {
      throw new InvalidDefinitionException(
          "Can't refresh view '" + name + "' at version " + pinned + ": a version is final.");
    }
    Engine engine = options.engine().or(database::contextEngine).orElseGet(LocalEngine::ofDefaults);
    if (engine instanceof RefreshEngine elsewhere) {
      // Whole, without a look at what is known here: the other process may have other code.
      return elsewhere.refresh(
          new RefreshOrder(database.options(), name, options), progress::mirror, cancellation);
    }
    Proof known = proof;
    if (known != null
        && options.sourceVersion().isEmpty()
        && known.view().isLatest()
        && known.source().isLatest()) {
      return upToDate(known, progress);
    }
    progress.enter(Stage.INSPECT);
    boolean fixedVersion;
    try (LanceDataset view = database.latest(name);
        LanceDataset source = source(view, options.sourceVersion())) {
      Inspection inspection = inspect(view, source);
      if (inspection.upToDate()) {
        return upToDate(proven(inspection, options), progress);
      }
      Planner.requirePlannable(
          source, inspection.definition().query(), inspection.udtf().descriptor());
      fixedVersion =
          options.sourceVersion().isPresent() || inspection.definition().query().version() != null;
    }
    RefreshLog log = log();
    Refresh refresh =
        new Refresh(
            database.storage(),
            log,
            database.allocator(),
            database.options().syncToDisk(),
            progress,
            cancellation);
    try (RunningRefresh running = RunningRefresh.begin(name, cancellation)) {
      return new OwnedRefresh(name, log, options, cancellation)
          .run(
              fixedVersion,
              (ownership, timeout) ->
                  refreshAsOwner(ownership, refresh, engine, options, progress, timeout));
    }
  }

  /**
   * Looks again, as another owner may just have done the work, and refreshes.
   *
   * @param timeout what is left of the time for all
   * @return empty if somebody else was faster to become the owner
   * @throws SourceVersionGoneException if the version that was read has been cleaned away
   */
  private Optional<RefreshReport> refreshAsOwner(
      Ownership ownership,
      Refresh refresh,
      Engine engine,
      RefreshOptions options,
      ProgressReporter progress,
      Optional<Duration> timeout) {
    try (LanceDataset view = database.latest(name);
        LanceDataset source = source(view, options.sourceVersion())) {
      Inspection inspection = inspect(view, source);
      if (inspection.upToDate()) {
        return Optional.of(upToDate(proven(inspection, options), progress));
      }
      Room room = rooms.room(engine, options, inspection.udtf().descriptor());
      Refresh.Terms terms =
          new Refresh.Terms(
              Rooms.taskEngine(engine),
              engine.name(),
              room.workers(),
              options.checkpoints(),
              timeout,
              options.partitionTimeout());
      try {
        return refresh.execute(ownership, inspection, rooms.planner(room), terms);
      } catch (GenevaException e) {
        throw isGone(source, e)
            ? new SourceVersionGoneException(
                "Version %d of '%s' was cleaned away while view '%s' was refreshed from it."
                    .formatted(source.version(), source.name(), name),
                e)
            : e;
      }
    }
  }

  /** Whether a refresh failed because the version that it read was cleaned away meanwhile. */
  private boolean isGone(LanceDataset source, GenevaException error) {
    if (error instanceof RefreshCancelledException) {
      return false;
    }
    try (LanceDataset there =
        database.storage().open(source.name(), OptionalLong.of(source.version()))) {
      return false;
    } catch (NotFoundException e) {
      return true;
    } catch (GenevaException e) {
      return false; // it can't be found out, so the first error stands
    }
  }

  private RefreshReport upToDate(Proof known, ProgressReporter progress) {
    return Refresh.upToDate(
        known.reason(),
        known.mode(),
        known.source().version(),
        known.view().version(),
        known.partitions(),
        progress);
  }

  private Proof proven(Inspection inspection, RefreshOptions options) {
    Proof proven =
        new Proof(
            inspection.view(),
            inspection.source(),
            mode(inspection.definition().partitioning()),
            inspection.committed().map(CommittedState::partitions).orElse(0),
            inspection.reason());
    if (options.sourceVersion().isEmpty() && inspection.definition().query().version() == null) {
      proof = proven;
    }
    return proven;
  }

  private LanceDataset source(LanceDataset view, OptionalLong version) {
    QuerySpec query = definition(view).query();
    return version.isPresent()
        ? database.storage().open(query.source(), version)
        : database.at(query);
  }

  private Inspection inspect(LanceDataset view, LanceDataset source) {
    return new Inspector(database.storage()).inspect(view, source, udtf(definition(view)));
  }

  private UdtfBinding udtf(StoredView definition) {
    Bound known = bound;
    if (known != null && known.uuid().equals(definition.uuid())) {
      return known.udtf();
    }
    UdtfBinding udtf =
        UdtfBinding.reopen(name, definition.udtfClass(), definition.parameters().toString());
    bound = new Bound(definition.uuid(), udtf);
    return udtf;
  }

  private StoredView definition(LanceDataset view) {
    return StoredView.in(view.storedSchema())
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "'" + name + "' is no longer a view: somebody overwrote it."));
  }

  private static ExecutionMode mode(Partitioning partitioning) {
    if (partitioning instanceof Partitioning.ByColumn) {
      return ExecutionMode.PARTITIONED_BY_COLUMN;
    }
    return partitioning instanceof Partitioning.ByIndexedColumn
        ? ExecutionMode.PARTITIONED_BY_INDEX
        : ExecutionMode.SINGLE_WORKER;
  }

  @Override
  public RefreshPlan plan() {
    try (LanceDataset view = database.latest(name);
        LanceDataset source = source(view, OptionalLong.empty())) {
      Inspection inspection = inspect(view, source);
      Resources resources = inspection.udtf().descriptor().resources();
      Rooms.ForPlan room = rooms.forPlan(inspection.udtf().descriptor());
      ExecutionPlan plan =
          rooms
              .planner(room.room())
              .plan(inspection, "", Refresh.earlierWork(database.storage(), log(), inspection));
      Map<Figure, String> reasons = new EnumMap<>(plan.reasons());
      reasons.put(Figure.WORKERS, room.reason());
      reasons.put(Figure.RESOURCES, "as the function declares");
      int streamed = (int) plan.passes().stream().filter(Pass::streamed).count();
      return new RefreshPlan(
          name,
          inspection.upToDate(),
          inspection.reason(),
          plan.mode(),
          source.name(),
          source.version(),
          inspection.definition().query().toString(),
          inspection.identity().udtf() + " version " + inspection.identity().udtfVersion(),
          plan.rows(),
          plan.bytes(),
          plan.partitionsTotal(),
          plan.partitionsToRun(),
          plan.tasks().size(),
          plan.passes().size() - streamed,
          streamed,
          room.room().workers(),
          reasons,
          resources,
          Stream.concat(
                  plan.warnings().stream(),
                  upstreamWarnings(inspection.definition(), source).stream())
              .toList());
    }
  }

  /** A refresh reads what its source holds; if that is a view, it may be behind its own source. */
  private List<String> upstreamWarnings(StoredView definition, LanceDataset source) {
    boolean pinned = definition.query().version() != null;
    if (pinned || StoredView.in(source.storedSchema()).isEmpty()) {
      return List.of();
    }
    String upstream = source.name();
    try {
      return new ViewHandle(database, upstream, null).stalenessWarnings();
    } catch (GenevaException e) {
      return List.of(
          "Source '%s' is a view, and whether it is up to date can't be told: %s"
              .formatted(upstream, e.getMessage()));
    }
  }

  private List<String> stalenessWarnings() {
    try (LanceDataset view = database.latest(name);
        LanceDataset source = source(view, OptionalLong.empty())) {
      Inspection inspection = inspect(view, source);
      List<String> warnings = new ArrayList<>();
      if (!inspection.upToDate()) {
        warnings.add(
            "Source '%s' is a view that isn't up to date: %s. It is read as it is; refresh it first."
                .formatted(name, inspection.reason()));
      }
      warnings.addAll(upstreamWarnings(inspection.definition(), source));
      return warnings;
    }
  }

  @Override
  public ViewDefinition definition() {
    try (LanceDataset view = open()) {
      return definition(view).toDefinition(name);
    }
  }

  @Override
  public CleanUpReport cleanUp() {
    return cleanUp(CleanUpOptions.ofDefaults());
  }

  @Override
  public CleanUpReport cleanUp(CleanUpOptions options) {
    if (pinned != null) {
      throw new InvalidDefinitionException(
          "Can't clean up behind view '" + name + "' at version " + pinned + " only.");
    }
    return CleanUp.run(database.storage(), log(), name, options);
  }

  @Override
  public List<RefreshRecord> history() {
    try (LanceDataset latest = database.latest(name)) {
      return History.of(log(), latest).refreshes();
    }
  }

  private RefreshLog log() {
    try (LanceDataset view = open()) {
      return database.log(name, definition(view).uuid());
    }
  }

  @Override
  public String toString() {
    return "view " + name + (pinned == null ? "" : " at version " + pinned);
  }
}
