package dev.geneva.internal.protocol;

import dev.geneva.StorageException;
import dev.geneva.internal.clean.ViewFiles;
import dev.geneva.internal.commit.ViewVersion;
import dev.geneva.internal.commit.ViewVersions;
import dev.geneva.internal.store.StoredFile;
import java.util.HashSet;
import java.util.List;

/** The view as one actor sees it: each call is a step. */
record SteppedView(SharedView shared, Interleavings.Actor actor) implements ViewFiles {

  /** A version, as a commit sees it. */
  record Seen(SharedView.Version version) implements ViewVersion {
    @Override
    public long number() {
      return version.number();
    }

    @Override
    public ViewVersion.Look look() {
      return new ViewVersion.Look(
          "uuid", version.generation(), List.of(), version.files().toString());
    }

    @Override
    public boolean isFrom(String refreshId) {
      return version.refreshId().equals(refreshId);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  SharedView.Version latest() {
    return actor.step("open the view", shared::latest, SharedView.Version::number);
  }

  /** For the commit of one refresh. */
  ViewVersions<Seen> swappedTo(
      String refreshId, long generation, int source, String sidecar, List<String> files) {
    return new ViewVersions<>() {
      @Override
      public Seen latest() {
        return new Seen(SteppedView.this.latest());
      }

      @Override
      public Seen at(long number) {
        return new Seen(shared.versions.get((int) number - 1));
      }

      @Override
      public Seen swap(Seen latest) {
        return actor
            .step(
                "swap",
                () -> {
                  // As Lance does: two overwrites from one version that set the same key conflict.
                  if (shared.latest().number() != latest.number()
                      && shared.faults != Refreshers.Faults.SWAP_OVERWRITES) {
                    return List.<Seen>of();
                  }
                  SharedView.Version next =
                      new SharedView.Version(
                          shared.latest().number() + 1,
                          generation,
                          refreshId,
                          source,
                          sidecar,
                          files);
                  shared.versions.add(next);
                  return List.of(new Seen(next));
                },
                List::size)
            .stream()
            .findFirst()
            .orElseThrow(() -> new StorageException("Incompatible transaction"));
      }
    };
  }

  void create(String file, SharedView.Rows rows) {
    actor.step("create " + file, () -> shared.files.put(file, rows) == null, done -> 0);
  }

  boolean exists(String file) {
    return actor.step("stat " + file, () -> shared.files.containsKey(file), is -> is ? 1 : 0);
  }

  @Override
  public ViewFiles.Look look() {
    SharedView.Version latest = latest();
    return new ViewFiles.Look(
        latest.generation(), latest.sidecar(), List.of(1L), new HashSet<>(latest.files()));
  }

  @Override
  public List<StoredFile> list() {
    return actor.step(
        "list the files",
        () -> shared.files.keySet().stream().map(name -> new StoredFile(name, 1, "")).toList(),
        files -> Digests.of(files.toString()));
  }

  @Override
  public void delete(String path) {
    actor.step(
        "delete " + path,
        () -> {
          shared.checkDeleteFile(path, actor);
          return shared.files.remove(path) != null;
        },
        done -> done ? 1 : 0);
  }

  @Override
  public void removeOldVersions() {
    actor.step(
        "remove old versions",
        () -> shared.removeOldVersions(actor),
        removed -> Digests.of(removed.toString()));
  }
}
