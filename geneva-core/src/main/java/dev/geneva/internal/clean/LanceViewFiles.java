package dev.geneva.internal.clean;

import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.store.StoredFile;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.StoredView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The versions and files of a view in Lance. */
record LanceViewFiles(LanceStorage storage, String view) implements ViewFiles {

  @Override
  public Look look() {
    try (LanceDataset latest = storage.open(view, OptionalLong.empty())) {
      OldVersions versions = new OldVersions(storage, view);
      long oldest = versions.oldestKept(definition(latest));
      Optional<CommittedState> state = CommittedState.of(latest);
      return new Look(
          state.map(CommittedState::generation).orElse(0L),
          state.map(CommittedState::sidecar).orElse(""),
          versions.before(oldest),
          namedFrom(latest, oldest));
    }
  }

  @Override
  public List<StoredFile> list() {
    return storage.files(view).list();
  }

  @Override
  public void delete(String path) {
    storage.files(view).delete(path);
  }

  @Override
  public void removeOldVersions() {
    try (LanceDataset latest = storage.open(view, OptionalLong.empty())) {
      OldVersions versions = new OldVersions(storage, view);
      long oldest = versions.oldestKept(definition(latest));
      if (!versions.before(oldest).isEmpty()) {
        storage.files(view).removeVersionsBefore(oldest);
      }
    }
  }

  private StoredView definition(LanceDataset latest) {
    return StoredView.in(latest.storedSchema())
        .orElseThrow(() -> new StorageException("'" + view + "' is no longer a view."));
  }

  /** The files of all versions that are there, but for old ones without a tag. */
  private Set<String> namedFrom(LanceDataset latest, long oldest) {
    Set<Long> tagged = latest.taggedVersions();
    Set<String> named = new HashSet<>();
    for (long version : storage.files(view).versions()) {
      if (version >= oldest || tagged.contains(version)) {
        try (LanceDataset dataset = storage.open(view, OptionalLong.of(version))) {
          named.addAll(dataset.dataFiles().keySet());
        }
      }
    }
    return named;
  }
}
