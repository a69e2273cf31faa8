package dev.geneva;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a cluster's processes need for a user's functions, as a database stores it under a name. Not
 * for secrets: whoever reads the database reads it.
 *
 * @param jars the functions' classes and what they need, without Geneva itself
 * @param environment variables of driver and workers
 * @param jvmOptions options of the workers' JVMs
 */
public record Manifest(List<Jar> jars, Map<String, String> environment, List<String> jvmOptions) {

  /** Copies the collections. */
  public Manifest {
    jars = List.copyOf(jars);
    environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * One jar.
   *
   * @param name the file's name
   * @param digest of its content, in hexadecimal; empty until the database stored it
   * @param file where it is on this host; empty in what a database stored
   */
  public record Jar(String name, Optional<String> digest, Optional<Path> file) {}

  /** A manifest that starts empty. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects values. Not thread-safe. */
  public static final class Builder {
    private final List<Jar> jars = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a jar, whose content the database will store.
     *
     * @throws NotFoundException if it isn't a file
     */
    public Builder jar(Path file) {
      if (!Files.isRegularFile(file)) {
        throw new NotFoundException("No jar at " + file.toAbsolutePath() + ".");
      }
      jars.add(new Jar(file.getFileName().toString(), Optional.empty(), Optional.of(file)));
      return this;
    }

    /** Sets a variable of driver and workers. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Adds options of the workers' JVMs. */
    public Builder jvmOptions(String... options) {
      jvmOptions.addAll(List.of(options));
      return this;
    }

    /** The manifest. */
    public Manifest build() {
      return new Manifest(jars, environment, jvmOptions);
    }
  }
}
