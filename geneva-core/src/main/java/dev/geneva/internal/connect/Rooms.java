package dev.geneva.internal.connect;

import dev.geneva.Engine;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.LocalEngine;
import dev.geneva.RefreshOptions;
import dev.geneva.internal.plan.Admission;
import dev.geneva.internal.plan.Planner;
import dev.geneva.internal.remote.DistributedEngine;
import dev.geneva.internal.remote.DistributedEngine.Room;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.internal.run.LocalTaskEngine;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.udtf.Resources;
import dev.geneva.udtf.UdtfDescriptor;

/** How much room a refresh has where it runs, and what plans for it. Thread-safe. */
final class Rooms {

  private final Database database;

  Rooms(Database database) {
    this.database = database;
  }

  /** What executes the tasks of an engine that runs refreshes in this process. */
  static TaskEngine taskEngine(Engine engine) {
    if (engine instanceof DistributedEngine distributed) {
      return distributed.taskEngine();
    }
    if (engine instanceof LocalEngine) {
      return new LocalTaskEngine();
    }
    throw new InvalidDefinitionException("This release doesn't know the engine " + engine.name());
  }

  /** Of such an engine. */
  Room room(Engine engine, RefreshOptions options, UdtfDescriptor<?> udtf) {
    if (!(engine instanceof DistributedEngine distributed)) {
      return localRoom(admission(options, udtf.resources()));
    }
    Room room = distributed.room(udtf.name(), udtf.resources());
    return options.concurrency().isPresent()
        ? new Room(Math.min(room.workers(), options.concurrency().getAsInt()), room.capacity())
        : room;
  }

  /**
   * Room as a plan shows it.
   *
   * @param reason why so many workers, in words
   */
  record ForPlan(Room room, String reason) {}

  /** Of the engine on which a refresh would run now. */
  ForPlan forPlan(UdtfDescriptor<?> udtf) {
    Engine engine = database.contextEngine().orElseGet(LocalEngine::ofDefaults);
    if (!(engine instanceof RefreshEngine elsewhere)) {
      Admission admission = admission(RefreshOptions.ofDefaults(), udtf.resources());
      return new ForPlan(localRoom(admission), admission.reason());
    }
    Room room = elsewhere.room(udtf.name(), udtf.resources());
    return new ForPlan(
        room,
        "the nodes of %s have %s CPUs and %s GPUs together, and hold so many workers"
            .formatted(engine.name(), room.capacity().cpus(), room.capacity().gpus()));
  }

  /** Plans for so much room. */
  Planner planner(Room room) {
    return new Planner(room.capacity(), room.workers(), database.allocator());
  }

  private Room localRoom(Admission admission) {
    return new Room(admission.workers(), database.options().localCapacity());
  }

  private Admission admission(RefreshOptions options, Resources resources) {
    return Admission.of(database.options().localCapacity(), resources, options.concurrency());
  }
}
