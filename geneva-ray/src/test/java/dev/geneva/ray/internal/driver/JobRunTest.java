package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshCancelledException;
import dev.geneva.StorageException;
import dev.geneva.internal.run.Cancellation;
import org.junit.jupiter.api.Test;

class JobRunTest {

  private final RuntimeException ended = new IllegalStateException("Ray has not been started yet.");

  private final Cancellation cancellation = new Cancellation();

  @Test
  void failureIsItselfWhileNobodyStopsTheRefresh() {
    assertThat(JobRun.explained(ended, cancellation, true)).isSameAs(ended);
    assertThat(cancellation.isRequested()).isFalse();
  }

  @Test
  void failureOfARefreshThatIsStoppedIsTheStop() {
    cancellation.request();
    assertThat(JobRun.explained(ended, cancellation, true))
        .isInstanceOf(RefreshCancelledException.class)
        .hasSuppressedException(ended);
  }

  @Test
  void withoutRayTheProcessIsEnding() {
    assertThat(JobRun.explained(ended, cancellation, false))
        .isInstanceOf(RefreshCancelledException.class)
        .hasSuppressedException(ended);
    assertThat(cancellation.isRequested()).as("the other workers stop, too").isTrue();
  }

  @Test
  void whatSaysWhatHappenedStays() {
    StorageException full = new StorageException("The disk is full.");
    cancellation.request();
    assertThat(JobRun.explained(full, cancellation, false)).isSameAs(full);
  }
}
