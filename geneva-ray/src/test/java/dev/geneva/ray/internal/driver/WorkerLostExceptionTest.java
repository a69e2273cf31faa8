package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.exception.RayException;
import io.ray.runtime.generated.Common.ActorDeathCause;
import io.ray.runtime.generated.Common.ActorDiedErrorContext;
import io.ray.runtime.generated.Common.OomContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Ray 2.39 says of dead workers. */
class WorkerLostExceptionTest {

  private static final String KILLED =
      "The actor is dead because its worker process has died. Worker exit type: SYSTEM_ERROR Worker"
          + " exit detail: Worker unexpectedly exits with a connection error code 2. End of file."
          + " There are some potential root causes. (1) The process is killed by SIGKILL by OOM"
          + " killer due to high memory usage. (2) ray stop --force is called. (3) The worker is"
          + " crashed unexpectedly due to SIGSEGV or other unexpected errors.";

  private static DeathCause died(String message) {
    return DeathCause.of(
        ActorDeathCause.newBuilder()
            .setActorDiedErrorContext(ActorDiedErrorContext.newBuilder().setErrorMessage(message))
            .build());
  }

  @Test
  void causeThatRayKnowsIsTheMessageWithoutItsGuesses() {
    WorkerLostException lost =
        WorkerLostException.of(
            new RayException("The actor died unexpectedly before finishing this task."),
            () -> Optional.of(died(KILLED)));
    assertThat(lost)
        .hasMessage(KILLED.substring(0, KILLED.indexOf(" There are")))
        .hasCauseInstanceOf(RayException.class);
    assertThat(lost.isOutOfMemory()).as("a guess isn't a cause").isFalse();
  }

  @Test
  void withoutACauseTheExceptionIsTheMessage() {
    assertThat(WorkerLostException.of(new RayException("died\nat x"), Optional::empty))
        .hasMessage("died");
  }

  @Test
  void killByTheMemoryMonitorIsToldFromOtherDeaths() {
    DeathCause cause =
        DeathCause.of(
            ActorDeathCause.newBuilder()
                .setOomContext(
                    OomContext.newBuilder().setErrorMessage("Memory on the node was 95%"))
                .build());
    WorkerLostException lost =
        WorkerLostException.of(new RayException("died"), () -> Optional.of(cause));
    assertThat(lost.isOutOfMemory()).isTrue();
    assertThat(lost)
        .hasMessage(
            "Ray killed it because its host was short of memory: Memory on the node was 95%");
    assertThat(died("Task was killed due to the node running low on memory.").outOfMemory())
        .isTrue();
  }

  @Test
  void lostRuntimeEnvironmentIsALossToo() {
    assertThat(
            WorkerLostException.of(
                new IllegalArgumentException("Unrecognized metadata [55]"), Optional::empty))
        .hasMessage("Unrecognized metadata [55]");
  }

  @Test
  void whatIsNotRaysIsThrownOn() {
    IllegalArgumentException other = new IllegalArgumentException("something else");
    assertThatThrownBy(() -> WorkerLostException.of(other, Optional::empty)).isSameAs(other);
  }
}
