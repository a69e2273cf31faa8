package dev.geneva.internal.connect;

import dev.geneva.AlreadyExistsException;
import dev.geneva.Cluster;
import dev.geneva.Manifest;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.digest.Digest;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.log.LogStore;
import dev.geneva.internal.text.Names;
import dev.geneva.internal.text.Suggestion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clusters and manifests by their names, as small files beside the tables; jars by their digests.
 */
final class Definitions {

  private static final String CLUSTER = "cluster-";
  private static final String MANIFEST = "manifest-";
  private static final String JAR = "jar-";

  private final LogStore store;

  Definitions(LogStore store) {
    this.store = store;
  }

  /** A cluster as it is stored. */
  private record StoredCluster(
      String dashboard, @Nullable String address, List<String> classPath, String java) {}

  /** A jar as it is stored. */
  private record StoredJar(String name, String digest) {}

  /** A manifest as it is stored. */
  private record StoredManifest(
      List<StoredJar> jars, Map<String, String> environment, List<String> jvmOptions) {}

  void define(String name, Cluster cluster) {
    put(
        CLUSTER,
        name,
        new StoredCluster(
            cluster.dashboard().toString(),
            cluster.address().orElse(null),
            cluster.classPath(),
            cluster.java()));
  }

  Cluster cluster(String name) {
    StoredCluster stored = Json.read(read(CLUSTER, name), StoredCluster.class);
    return new Cluster(
        URI.create(stored.dashboard()),
        Optional.ofNullable(stored.address()),
        stored.classPath(),
        stored.java());
  }

  List<String> clusters() {
    return names(CLUSTER);
  }

  void dropCluster(String name) {
    drop(CLUSTER, name);
  }

  void define(String name, Manifest manifest) {
    Names.legal(name);
    List<StoredJar> jars = manifest.jars().stream().map(this::stored).toList();
    put(MANIFEST, name, new StoredManifest(jars, manifest.environment(), manifest.jvmOptions()));
  }

  private StoredJar stored(Manifest.Jar jar) {
    if (jar.file().isEmpty()) {
      String digest = jar.digest().orElseThrow();
      jar(digest); // from another manifest of this database, or else an error
      return new StoredJar(jar.name(), digest);
    }
    try {
      byte[] content = Files.readAllBytes(jar.file().get());
      String digest = new Digest().add(content).hex();
      // That it is there already is as good: its name is its content.
      boolean ignored = store.putIfAbsent(JAR + digest, content);
      return new StoredJar(jar.name(), digest);
    } catch (IOException e) {
      throw new StorageException("Can't store jar " + jar.file().get() + ": " + e, e);
    }
  }

  Manifest manifest(String name) {
    StoredManifest stored = Json.read(read(MANIFEST, name), StoredManifest.class);
    return new Manifest(
        stored.jars().stream()
            .map(jar -> new Manifest.Jar(jar.name(), Optional.of(jar.digest()), Optional.empty()))
            .toList(),
        stored.environment(),
        stored.jvmOptions());
  }

  List<String> manifests() {
    return names(MANIFEST);
  }

  void dropManifest(String name) {
    Manifest dropped = manifest(name);
    drop(MANIFEST, name);
    List<Manifest.Jar> left =
        manifests().stream().flatMap(other -> manifest(other).jars().stream()).toList();
    try {
      for (Manifest.Jar jar : dropped.jars()) {
        if (left.stream().noneMatch(other -> other.digest().equals(jar.digest()))) {
          store.delete(JAR + jar.digest().orElseThrow());
        }
      }
    } catch (IOException e) {
      throw new StorageException("Can't delete a jar of manifest '" + name + "': " + e, e);
    }
  }

  /**
   * The content of a jar.
   *
   * @throws NotFoundException if it isn't there
   * @throws StorageException if it isn't what its name says
   */
  byte[] jar(String digest) {
    try {
      byte[] content =
          store
              .read(JAR + digest)
              .orElseThrow(() -> new NotFoundException("No jar " + digest + " in the database."));
      if (!new Digest().add(content).hex().equals(digest)) {
        throw new StorageException("Jar " + digest + " in the database is damaged.");
      }
      return content;
    } catch (IOException e) {
      throw new StorageException("Can't read jar " + digest + ": " + e, e);
    }
  }

  private void put(String kind, String name, Object value) {
    byte[] content = Json.write(value).getBytes(StandardCharsets.UTF_8);
    try {
      if (store.putIfAbsent(kind + Names.legal(name), content)
          || store.read(kind + name).filter(same -> Arrays.equals(same, content)).isPresent()) {
        return;
      }
    } catch (IOException e) {
      throw new StorageException("Can't store " + kind(kind) + " '" + name + "': " + e, e);
    }
    throw new AlreadyExistsException(
        "There is already another %s '%s'; drop it first, or choose another name."
            .formatted(kind(kind), name));
  }

  private String read(String kind, String name) {
    try {
      return store
          .read(kind + Names.legal(name))
          .map(content -> new String(content, StandardCharsets.UTF_8))
          .orElseThrow(
              () ->
                  new NotFoundException(
                      "No %s '%s' is defined%s"
                          .formatted(kind(kind), name, Suggestion.among(names(kind), name))));
    } catch (IOException e) {
      throw new StorageException("Can't read " + kind(kind) + " '" + name + "': " + e, e);
    }
  }

  private List<String> names(String kind) {
    try {
      return store.names().stream()
          .filter(name -> name.startsWith(kind))
          .map(name -> name.substring(kind.length()))
          .toList();
    } catch (IOException e) {
      throw new StorageException("Can't list what is defined: " + e, e);
    }
  }

  private void drop(String kind, String name) {
    read(kind, name);
    try {
      store.delete(kind + name);
    } catch (IOException e) {
      throw new StorageException("Can't drop " + kind(kind) + " '" + name + "': " + e, e);
    }
  }

  private static String kind(String prefix) {
    return prefix.substring(0, prefix.length() - 1);
  }
}
