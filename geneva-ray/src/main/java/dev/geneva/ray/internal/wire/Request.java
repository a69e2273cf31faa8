package dev.geneva.ray.internal.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an application asks of a driver. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Request.Refresh.class, name = "refresh"),
  @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel"),
  @JsonSubTypes.Type(value = Request.Look.class, name = "look"),
})
public sealed interface Request {

  /**
   * The first one: connect to Ray.
   *
   * @param address host and port of the control service; null: what the environment says
   * @param classPath what the workers load
   * @param jvmOptions further options of the workers' JVMs
   * @param environment variables of the workers
   */
  record Start(
      @Nullable String address,
      List<String> classPath,
      List<String> jvmOptions,
      Map<String, String> environment)
      implements Request {}

  /**
   * Refresh a view.
   *
   * @param id names the refresh in what follows
   * @param database where the view is; may hold secrets
   * @param jars digests of the jars in the database that hold the functions
   */
  record Refresh(
      long id, PlainDatabase database, String view, PlainOptions options, List<String> jars)
      implements Request {}

  /** Cancel a refresh. */
  record Cancel(long id) implements Request {}

  /** Look at the cluster's nodes. */
  record Look(long id) implements Request {}
}
