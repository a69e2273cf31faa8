package dev.geneva.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.json.Json;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.MemoryLogStore;
import dev.geneva.internal.view.Sidecar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that actors share: the log, the data files, the versions of the view; and what was ever in
 * the log, for the checks.
 */
final class SharedView {

  /** A version of the view. */
  record Version(
      long number,
      long generation,
      String refreshId,
      int source,
      String sidecar,
      List<String> files) {}

  /** The rows in a data file. */
  record Rows(int source, int partition, int part) {}

  final MemoryLogStore log = new MemoryLogStore();
  final Map<String, Rows> files = new TreeMap<>();
  final List<Version> versions = new ArrayList<>();
  final boolean locksAreShared;
  final Refreshers.Faults faults;
  private int locked;

  /** Every record that ever was, by its name; names are in the order of the log. */
  private final TreeMap<String, LogRecord> ever = new TreeMap<>();

  /** Of what is in the log now, by name. */
  private final TreeMap<String, Long> digests = new TreeMap<>();

  private final Set<String> doomed = new HashSet<>();

  private final Map<String, String> writers = new HashMap<>();

  /** Files that a refresh has made or adopted and not given up. */
  final Map<String, Set<String>> reliedOn = new HashMap<>();

  SharedView(boolean locksAreShared, Refreshers.Faults faults) {
    this.faults = faults;
    this.locksAreShared = locksAreShared;
    versions.add(new Version(1, 0, "", 0, "", List.of()));
  }

  Version latest() {
    return versions.get(versions.size() - 1);
  }

  FileLocks.Held held(FileLocks.Held held) {
    boolean[] closed = new boolean[1];
    locked++;
    return () -> {
      if (!closed[0]) {
        closed[0] = true;
        locked--;
        held.close();
      }
    };
  }

  static LogRecord decode(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return Json.read(text.substring(text.indexOf('\n') + 1), LogRecord.class);
  }

  static String describe(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int type = text.indexOf("\"type\":\"") + 8;
    return isRecord(content) ? text.substring(type, text.indexOf('"', type)) : "";
  }

  private static boolean isRecord(byte[] content) {
    return content[0] == 'g';
  }

  /** To be called when a file was put beside or into the log. */
  void put(String name, byte[] content) {
    digests.put(name, Digests.of(content));
    if (isRecord(content)) {
      LogRecord logRecord = decode(content);
      ever.put(name, logRecord);
      if (logRecord instanceof LogRecord.DeleteIntent intent) {
        doomed.addAll(intent.files());
      }
      writers.put(name, logRecord.refreshId());
    } else {
      writers.put(name, new String(content, StandardCharsets.UTF_8));
    }
  }

  /** The owner by the log, who may rely on what it wrote. */
  private String owner() {
    for (LogRecord logRecord : ever.descendingMap().values()) {
      if (logRecord.ends()) {
        return "";
      }
      if (logRecord instanceof LogRecord.Acquired acquired) {
        return acquired.refreshId();
      }
    }
    return "";
  }

  /** Deletes a record or a sidecar for an actor. */
  void delete(String name, Interleavings.Actor actor) {
    String writer = writers.getOrDefault(name, "");
    if (writer.equals(owner()) && !writer.startsWith(actor.toString())) {
      throw new AssertionError(actor + " deletes " + name + ", which the owner wrote");
    }
    log.delete(name);
    digests.remove(name);
  }

  /** To be called before an actor deletes a data file. */
  void checkDeleteFile(String name, Interleavings.Actor actor) {
    checkRelied(name, actor);
    if (!doomed.contains(name)) {
      throw new AssertionError(actor + " deletes " + name + " without having said so");
    }
  }

  private void checkRelied(String name, Interleavings.Actor actor) {
    String owner = owner();
    if (!owner.startsWith(actor.toString())
        && reliedOn.getOrDefault(owner, Set.of()).contains(name)) {
      throw new AssertionError(actor + " deletes " + name + ", which the owner relies on");
    }
  }

  /** All files of which somebody has said that they will be deleted. */
  Set<String> doomed() {
    return doomed;
  }

  /** Partitions that are finished by the records so far, with files that are there. */
  Set<Integer> finished(int source) {
    Set<String> same = new HashSet<>();
    Set<Integer> finished = new TreeSet<>();
    for (LogRecord logRecord : ever.values()) {
      if (logRecord instanceof LogRecord.Planned planned
          && planned.identity().source().version() == source) {
        same.add(planned.refreshId());
      } else if (logRecord instanceof LogRecord.Committed) {
        finished.clear();
      } else if (logRecord instanceof LogRecord.PartitionsDone done
          && same.contains(done.refreshId())
          && done.files().stream()
              .map(StagedFile::path)
              .allMatch(file -> files.containsKey(file) && !doomed.contains(file))) {
        done.partitions().forEach(partition -> finished.add(partition.ordinal()));
      }
    }
    return finished;
  }

  /** What holds after every step. */
  void check() {
    Version latest = latest();
    long generation = 0;
    for (Version version : versions.subList(1, versions.size())) {
      if (version.generation() != ++generation) {
        throw new AssertionError("A generation was committed twice: " + versions);
      }
    }
    for (String file : latest.files()) {
      if (!files.containsKey(file) || doomed.contains(file)) {
        throw new AssertionError("The view names " + file + ", which is deleted, or will be");
      }
    }
    if (latest.generation() > 0
        && !latest.files().stream().map(files::get).toList().equals(rows(latest.source()))) {
      throw new AssertionError("The view has other rows: " + latest + " of " + files);
    }
    if (latest.generation() > 0 && log.read(latest.sidecar()).isEmpty()) {
      throw new AssertionError("The view's sidecar is gone: " + latest.sidecar());
    }
  }

  /** Removes all versions but the latest, and the files that only they name. */
  Set<String> removeOldVersions(Interleavings.Actor actor) {
    Set<String> old = new TreeSet<>();
    versions.subList(0, versions.size() - 1).forEach(version -> old.addAll(version.files()));
    old.removeAll(latest().files());
    old.retainAll(files.keySet());
    old.forEach(file -> checkRelied(file, actor));
    files.keySet().removeAll(old);
    return old;
  }

  private static List<Rows> rows(int source) {
    return List.of(new Rows(source, 0, 0), new Rows(source, 0, 1), new Rows(source, 1, 0));
  }

  /** What holds when a refresh and a clean-up have run that nothing came in between of. */
  void checkEnd(int source) {
    check();
    assertThat(latest().source()).isEqualTo(source);
    assertThat(files.keySet())
        .as("data files")
        .containsExactlyInAnyOrderElementsOf(latest().files());
    assertThat(log.names().stream().filter(Sidecar::isName)).containsExactly(latest().sidecar());
  }

  long digest() {
    long digest = Digests.mix(locked, Digests.of(files.toString()));
    digest = Digests.mix(digest, Digests.of(versions.toString()));
    for (Map.Entry<String, Long> file : digests.entrySet()) {
      digest = Digests.mix(Digests.mix(digest, Digests.of(file.getKey())), file.getValue());
    }
    return digest;
  }
}
