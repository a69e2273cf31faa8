package dev.geneva.internal.lance;

import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.StoredFile;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The probe of a dataset on an object store. It lists the manifests, which is one request for each
 * thousand versions: the latest must be the same file as before. A manifest that was written anew
 * under the same name has another revision.
 */
final class ManifestProbe implements DatasetProbe {

  private static final Pattern MANIFEST = Pattern.compile("[0-9]+\\.manifest");

  /** Newer datasets count down from the greatest number of 64 bits. */
  private static final int DIGITS_COUNTED_DOWN = 20;

  private final FileStore files;
  private final String dataset;
  private final StoredFile latest;

  private ManifestProbe(FileStore files, String dataset, StoredFile latest) {
    this.files = files;
    this.dataset = dataset;
    this.latest = latest;
  }

  static Before before(FileStore files, String dataset) {
    Optional<StoredFile> latest = latest(files, dataset);
    return new Before() {
      @Override
      public boolean exists() {
        return latest.isPresent();
      }

      @Override
      public Optional<DatasetProbe> of(long version) {
        return latest
            .filter(manifest -> version(manifest).equals(BigInteger.valueOf(version)))
            .map(manifest -> new ManifestProbe(files, dataset, manifest));
      }
    };
  }

  @Override
  public boolean unchanged() {
    return latest(files, dataset).equals(Optional.of(latest));
  }

  private static Optional<StoredFile> latest(FileStore files, String dataset) {
    try {
      List<StoredFile> listed = files.files(dataset + "/_versions");
      return listed.stream()
          .filter(file -> MANIFEST.matcher(file.name()).matches())
          .max(Comparator.comparing(ManifestProbe::version));
    } catch (IOException e) {
      throw DatasetProbe.unreadable(files.uri(dataset), e);
    }
  }

  /** The version of which a file is the manifest; empty if it is none. */
  static Optional<Long> version(String fileName) {
    return MANIFEST.matcher(fileName).matches()
        ? Optional.of(number(fileName).longValueExact())
        : Optional.empty();
  }

  private static BigInteger version(StoredFile manifest) {
    return number(manifest.name());
  }

  private static BigInteger number(String manifest) {
    String digits = manifest.substring(0, manifest.indexOf('.'));
    BigInteger number = new BigInteger(digits);
    return digits.length() == DIGITS_COUNTED_DOWN
        ? VersionProbe.MAX_UNSIGNED.subtract(number)
        : number;
  }
}
