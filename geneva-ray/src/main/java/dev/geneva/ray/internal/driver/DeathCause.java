package dev.geneva.ray.internal.driver;

import io.ray.api.id.ActorId;
import io.ray.runtime.gcs.GlobalStateAccessor;
import io.ray.runtime.generated.Common.ActorDeathCause;
import io.ray.runtime.generated.Gcs.ActorTableData;
import io.ray.shaded.com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;

/**
 * Why an actor died, as far as Ray's control service knows: the exception that its caller gets
 * doesn't say.
 *
 * @param text what Ray says of it
 * @param outOfMemory whether Ray's memory monitor killed it, as its host was short of memory
 */
record DeathCause(String text, boolean outOfMemory) {

  /** What Ray's monitor writes of its victims, whichever way that reaches us. */
  private static final String MONITOR = "memory monitor";

  private static final String SHORT_OF_MEMORY = "due to the node running low on memory";

  /**
   * Asks the control service.
   *
   * @return empty if it doesn't know of the actor, or not yet why it died
   */
  static Optional<DeathCause> of(ActorId actor, GlobalStateAccessor state) {
    byte[] known = state.getActorInfo(actor);
    if (known == null || known.length == 0) {
      return Optional.empty();
    }
    try {
      ActorTableData data = ActorTableData.parseFrom(known);
      return data.hasDeathCause() ? Optional.of(of(data.getDeathCause())) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty(); // a newer Ray's; the exception has to do
    }
  }

  static DeathCause of(ActorDeathCause cause) {
    return switch (cause.getContextCase()) {
      case OOM_CONTEXT -> new DeathCause(cause.getOomContext().getErrorMessage(), true);
      case RUNTIME_ENV_FAILED_CONTEXT ->
          of(
              "Its runtime environment failed: "
                  + cause.getRuntimeEnvFailedContext().getErrorMessage());
      case ACTOR_UNSCHEDULABLE_CONTEXT ->
          of(cause.getActorUnschedulableContext().getErrorMessage());
      case ACTOR_DIED_ERROR_CONTEXT -> of(cause.getActorDiedErrorContext().getErrorMessage());
      case CREATION_TASK_FAILURE_CONTEXT ->
          of(
              "It failed when it was made: "
                  + cause.getCreationTaskFailureContext().getFormattedExceptionString());
      case CONTEXT_NOT_SET -> of("");
    };
  }

  /** From text alone: some victims of the monitor look like any other dead actor. */
  static DeathCause of(String text) {
    return new DeathCause(text, text.contains(MONITOR) || text.contains(SHORT_OF_MEMORY));
  }
}
