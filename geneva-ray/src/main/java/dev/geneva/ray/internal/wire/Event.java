package dev.geneva.ray.internal.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.geneva.internal.json.Json;
import dev.geneva.ray.internal.room.Nodes;
import java.util.Optional;

/**
 * What a driver tells an application: lines of its standard output, among whatever else is there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Event.Broken.class, name = "broken"),
  @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Event.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Event.Seen.class, name = "seen"),
})
public sealed interface Event {

  /** Tells an event from what libraries write to standard output. */
  String MARK = "@geneva ";

  /** The driver is connected. */
  record Ready(long pid) implements Event {}

  /** The driver can't work, or no longer: it is to be replaced. */
  record Broken(PlainError error) implements Event {}

  /** How far a refresh is. */
  record Progress(long id, PlainProgress progress) implements Event {}

  /** A refresh ended well. */
  record Done(long id, PlainReport report) implements Event {}

  /** A refresh, or a look, failed. */
  record Failed(long id, PlainError error) implements Event {}

  /** The cluster's nodes, which somebody wanted to see. */
  record Seen(long id, Nodes nodes) implements Event {}

  /** One line, without its end. */
  static String line(Event event) {
    return MARK + Json.write(event);
  }

  /** The event of a line; empty if it is something else. */
  static Optional<Event> in(String line) {
    int mark = line.indexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(line.substring(mark + MARK.length()), Event.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
