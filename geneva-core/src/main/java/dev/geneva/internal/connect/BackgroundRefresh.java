package dev.geneva.internal.connect;

import dev.geneva.RefreshHandle;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.internal.refresh.ProgressReporter;
import dev.geneva.internal.run.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A refresh on a thread of its own. */
final class BackgroundRefresh implements RefreshHandle {

  private final ProgressReporter progress;
  private final Cancellation cancellation = new Cancellation();
  private final CompletableFuture<RefreshReport> report = new CompletableFuture<>();

  private BackgroundRefresh(ProgressReporter progress) {
    this.progress = progress;
  }

  static RefreshHandle start(
      String view,
      ProgressReporter progress,
      BiFunction<ProgressReporter, Cancellation, RefreshReport> refresh) {
    BackgroundRefresh handle = new BackgroundRefresh(progress);
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Thread thread =
        new Thread(
            () -> {
              try {
                handle.report.complete(refresh.apply(progress, handle.cancellation));
              } catch (Throwable e) {
                handle.report.completeExceptionally(e);
              }
            },
            "geneva-" + view + "-refresh");
    thread.setContextClassLoader(classes);
    thread.setDaemon(true);
    thread.start();
    return handle;
  }

  @Override
  public RefreshProgress progress() {
    return progress.progress();
  }

  @Override
  public void cancel() {
    cancellation.request();
  }

  @Override
  public CompletableFuture<RefreshReport> toCompletableFuture() {
    return report.copy();
  }
}
