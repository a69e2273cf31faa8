package dev.geneva.internal.clean;

import dev.geneva.GenevaException;
import dev.geneva.internal.lance.DatasetFiles;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.view.StoredView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which versions of a view are old: the view's options say so, and other views may need them. */
final class OldVersions {

  private static final Logger LOG = LoggerFactory.getLogger(OldVersions.class);

  private final LanceStorage storage;
  private final String view;

  OldVersions(LanceStorage storage, String view) {
    this.storage = storage;
    this.view = view;
  }

  /** The oldest version that stays. */
  long oldestKept(StoredView definition) {
    DatasetFiles files = storage.files(view);
    List<Long> versions = files.versions();
    int candidates = versions.size() - definition.keptVersions();
    if (candidates <= 0) {
      return versions.isEmpty() ? 0 : versions.get(0);
    }
    Instant limit = Instant.now().minusMillis(definition.keptForMillis());
    int old = oldAmong(files, versions.subList(0, candidates), limit);
    return old == 0 ? versions.get(0) : notPinned(versions.get(old));
  }

  /** How many were committed before a time; later versions were committed later. */
  private static int oldAmong(DatasetFiles files, List<Long> versions, Instant limit) {
    int old = 0;
    int end = versions.size();
    if (!files.committedAt(versions.get(0)).isBefore(limit)) {
      return 0; // the usual case, in which there is nothing to do
    }
    while (old < end) {
      int middle = (old + end) >>> 1;
      if (files.committedAt(versions.get(middle)).isBefore(limit)) {
        old = middle + 1;
      } else {
        end = middle;
      }
    }
    return old;
  }

  /** An older one, if another view reads that. */
  private long notPinned(long version) {
    long oldest = version;
    for (String other : storage.names()) {
      Optional<Long> pinned = pinnedBy(other);
      oldest = Math.min(oldest, pinned.orElse(oldest));
    }
    return oldest;
  }

  private Optional<Long> pinnedBy(String other) {
    try (LanceDataset dataset = storage.open(other, OptionalLong.empty())) {
      return StoredView.in(dataset.storedSchema())
          .map(StoredView::query)
          .filter(query -> query.source().equals(view))
          .flatMap(query -> Optional.ofNullable(query.version()));
    } catch (GenevaException e) {
      LOG.debug("What {} reads isn't known", other, e); // damaged, or just dropped
      return Optional.empty();
    }
  }

  /** The versions before one. */
  List<Long> before(long version) {
    List<Long> before = new ArrayList<>(storage.files(view).versions());
    before.removeIf(number -> number >= version);
    return before;
  }
}
