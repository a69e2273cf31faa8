package dev.geneva.fault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.CheckpointPolicy;
import dev.geneva.Connection;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshOptions;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.ViewOptions;
import dev.geneva.udtf.BatchUdtf;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A database with a view that is about to be refreshed, and how. */
enum Scenario {
  /** One call that yields six batches. */
  ONE_CALL,
  /** The same, each batch durable at once. */
  ONE_CALL_EVERY_BATCH,
  /** A call that was interrupted after three batches. */
  ONE_CALL_RESUMED,
  /** A call that fails after two batches, and is tried again. */
  RETRIED,
  /** The same, each batch durable at once. */
  RETRIED_EVERY_BATCH,
  /** Six small partitions that share files; one of them is left out. */
  BY_KEY,
  /** The same, after a refresh that failed at the fifth, on top of two versions of the view. */
  BY_KEY_RESUMED,
  /** A partition for each of the index's. */
  BY_INDEX;

  static final int ROWS = 24;

  private BatchUdtf udtf() {
    return switch (this) {
      case ONE_CALL, ONE_CALL_EVERY_BATCH, ONE_CALL_RESUMED -> new Traced.Whole();
      case RETRIED, RETRIED_EVERY_BATCH -> new Traced.Retried();
      case BY_KEY, BY_KEY_RESUMED -> new Traced.ByKey();
      case BY_INDEX -> new Traced.ByPlace();
    };
  }

  private CheckpointPolicy checkpoints() {
    return switch (this) {
      case ONE_CALL, RETRIED, BY_KEY, BY_INDEX -> CheckpointPolicy.ofDefaults();
      case ONE_CALL_EVERY_BATCH, ONE_CALL_RESUMED, RETRIED_EVERY_BATCH, BY_KEY_RESUMED ->
          CheckpointPolicy.everyBatch();
    };
  }

  /** Creates it. */
  void create(Connection connection) {
    Table source = connection.createTable("points", Point.class, Point.range(0, ROWS));
    if (this == BY_INDEX) {
      source.createIvfFlatIndex("place", 4);
    }
    ViewOptions twoVersions = ViewOptions.builder().keepVersionsFor(Duration.ZERO).build();
    prepare(connection, connection.createUdtfView("view", source.search(), udtf(), twoVersions));
  }

  private void prepare(Connection connection, UdtfView view) {
    if (this == ONE_CALL_RESUMED) {
      interrupt(view, 13);
    } else if (this == BY_KEY_RESUMED) {
      Table source = connection.openTable("points");
      for (int i = 0; i < 2; i++) {
        view.refresh(options());
        source.add(Point.class, List.of(Point.of(100 + i)));
      }
      // Its files are of no use to the next one, which reads another version.
      interrupt(view, 2);
      source.add(Point.class, List.of(Point.of(102)));
      interrupt(view, 4);
    }
  }

  /** One call at a time, so that the steps come in the same order each time. */
  RefreshOptions options() {
    if (this == RETRIED || this == RETRIED_EVERY_BATCH) {
      Traced.failAt(OptionalLong.of(9));
    }
    return RefreshOptions.builder().checkpoints(checkpoints()).concurrency(1).build();
  }

  private void interrupt(UdtfView view, long id) {
    Traced.failAt(OptionalLong.of(id));
    assertThatThrownBy(() -> view.refresh(options())).isInstanceOf(PartitionFailedException.class);
    Traced.failAt(OptionalLong.empty());
  }
}
