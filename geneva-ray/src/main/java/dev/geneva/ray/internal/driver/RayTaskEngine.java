package dev.geneva.ray.internal.driver;

import dev.geneva.internal.connect.WorkerDatabase;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.internal.run.Workplace;
import dev.geneva.ray.internal.room.WorkerRequest;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.PlainOptions;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.udtf.UdtfDescriptor;
import java.time.Duration;
import java.util.List;

/** Runs tasks on actors, which live as long as the call. */
final class RayTaskEngine implements TaskEngine {

  private final RaySession session;
  private final PlainDatabase database;
  private final List<String> jars;

  RayTaskEngine(RaySession session, PlainDatabase database, List<String> jars) {
    this.session = session;
    this.database = database;
    this.jars = List.copyOf(jars);
  }

  @Override
  public List<FileGroup> run(Job job, List<Pass> passes, int concurrency, Workplace workplace) {
    UdtfDescriptor<?> udtf =
        UdtfBinding.reopen(job.view(), job.udtfClass(), job.parameters()).descriptor();
    try (WorkerDatabase shared = WorkerDatabase.open(database.options())) {
      workplace.ordinals().ifPresent(ordinals -> shared.shareOrdinals(job, ordinals));
      try {
        Begin begin =
            new Begin(
                database,
                TaskCodec.write(job),
                workplace.ordinals().isPresent(),
                workplace.skips().partitions(),
                PlainOptions.name(workplace.checkpoints().policy()),
                workplace.watch().partitionTimeout().map(Duration::toNanos).orElse(null),
                jars);
        return new JobRun(
                session,
                WorkerRequest.of(udtf.name(), udtf.resources()),
                begin,
                udtf.name(),
                Bundle.cut(passes, concurrency),
                workplace)
            .run(job.view(), concurrency);
      } finally {
        if (workplace.ordinals().isPresent()) {
          shared.withdrawOrdinals(job);
        }
      }
    }
  }
}
