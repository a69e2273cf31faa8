package dev.geneva.internal.protocol;

import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.log.LogStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store of which each call is a step of an actor. */
record SteppedStore(
    SharedView shared,
    LogStore locks,
    String domain,
    boolean readsAreSteps,
    Interleavings.Actor actor)
    implements LogStore {

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return actor.mayFail(
        "put " + name + " " + SharedView.describe(content),
        () -> {
          if (shared.faults == Refreshers.Faults.PUT_OVERWRITES) {
            shared.log.delete(name);
          }
          boolean put = shared.log.putIfAbsent(name, content);
          if (put) {
            shared.put(name, content);
          }
          return put;
        },
        put -> put ? 1 : 0);
  }

  @Override
  public Optional<byte[]> read(String name) {
    Interleavings.Effect<Optional<byte[]>> read = () -> shared.log.read(name);
    return readsAreSteps
        ? actor.step("read " + name, read, there -> there.map(Digests::of).orElse(0L))
        : actor.within("read " + name, read, there -> there.map(Digests::of).orElse(0L));
  }

  @Override
  public List<String> names() {
    return actor.step("list the log", shared.log::names, names -> Digests.of(names.toString()));
  }

  @Override
  public void delete(String name) {
    actor.step(
        "delete " + name,
        () -> {
          shared.delete(name, actor);
          return name;
        },
        deleted -> 0);
  }

  @Override
  public void deleteAll() {
    throw new UnsupportedOperationException("No view is dropped here");
  }

  @Override
  public Optional<FileLocks.Held> tryOwn() {
    Interleavings.Effect<Optional<FileLocks.Held>> lock =
        () -> locks.tryOwn().map(held -> shared.held(held));
    return shared.locksAreShared
        ? actor.step("lock", lock, held -> held.isPresent() ? 1 : 0)
        : actor.within("lock", lock, held -> held.isPresent() ? 1 : 0);
  }
}
