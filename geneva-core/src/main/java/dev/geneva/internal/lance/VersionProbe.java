package dev.geneva.internal.lance;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells in microseconds that a local dataset is still at a version, and still the same dataset.
 *
 * <p>Lance's own {@code latestVersion()} lists the folder of manifests, which takes longer with
 * each version, and a dataset that was dropped and created anew may have the same number. A commit
 * adds a manifest, so as long as the folder and our manifest are the same files with the same
 * times, and the next version's manifest isn't there, nothing has happened. The last condition
 * covers a commit so soon after ours that the folder's time doesn't show it.
 */
final class VersionProbe implements DatasetProbe {

  static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final Path folder;
  private final Stamp folderStamp;
  private final Path manifest;
  private final Stamp manifestStamp;
  private final Path next;

  private VersionProbe(
      Path folder, Stamp folderStamp, Path manifest, Stamp manifestStamp, Path next) {
    this.folder = folder;
    this.folderStamp = folderStamp;
    this.manifest = manifest;
    this.manifestStamp = manifestStamp;
    this.next = next;
  }

  /**
   * Looks at a dataset that is going to be opened, so that the probe sees whatever happens until it
   * is.
   */
  static Before before(Path dataset) {
    return new Before(dataset, Stamp.of(dataset.resolve("_versions")));
  }

  /** As {@link #of(Path, long, Before)}, for a version that was made just now. */
  static Optional<VersionProbe> of(Path dataset, long version) {
    return of(dataset, version, before(dataset));
  }

  /**
   * Takes the stamps.
   *
   * @return empty if the files aren't as expected; then only Lance can tell
   */
  static Optional<VersionProbe> of(Path dataset, long version, Before before) {
    Path folder = dataset.resolve("_versions");
    Stamp folderStamp = before.folder();
    for (boolean descending : new boolean[] {true, false}) {
      Path manifest = folder.resolve(manifestName(version, descending));
      Stamp manifestStamp = Stamp.of(manifest);
      if (folderStamp != null && manifestStamp != null) {
        Path next = folder.resolve(manifestName(version + 1, descending));
        return Optional.of(new VersionProbe(folder, folderStamp, manifest, manifestStamp, next));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean unchanged() {
    return folderStamp.equals(Stamp.of(folder))
        && manifestStamp.equals(Stamp.of(manifest))
        && !Files.exists(next);
  }

  /** The folder of the manifests. */
  Path folder() {
    return folder;
  }

  /** The manifest's file. */
  Path manifest() {
    return manifest;
  }

  /** Newer datasets count down, so that a listing in key order gives the latest first. */
  private static String manifestName(long version, boolean descending) {
    return descending
        ? String.format(
            Locale.ROOT, "%020d.manifest", MAX_UNSIGNED.subtract(BigInteger.valueOf(version)))
        : version + ".manifest";
  }

  /** What the folder of the manifests was. */
  record Before(Path dataset, @Nullable Stamp folder) implements DatasetProbe.Before {
    @Override
    public boolean exists() {
      return folder != null;
    }

    @Override
    public Optional<DatasetProbe> of(long version) {
      return VersionProbe.of(dataset, version, this).map(probe -> probe);
    }
  }

  /** What a file or a folder was. */
  record Stamp(@Nullable Object file, FileTime modified, long size) {
    static @Nullable Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
      } catch (IOException e) {
        return null;
      }
    }
  }
}
