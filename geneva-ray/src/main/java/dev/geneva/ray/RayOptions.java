package dev.geneva.ray;

import dev.geneva.InvalidDefinitionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How a Ray on this host is found, started and used. Immutable. */
public final class RayOptions {

  private final Optional<Path> command;
  private final Optional<String> address;
  private final Optional<List<String>> classPath;
  private final OptionalInt cpus;
  private final OptionalInt gpus;
  private final OptionalLong memoryBytes;
  private final List<String> jvmOptions;
  private final Map<String, String> environment;
  private final Duration startTimeout;
  private final Optional<Path> logFolder;

  private RayOptions(Builder builder) {
    command = builder.command;
    address = builder.address;
    classPath = builder.classPath;
    cpus = builder.cpus;
    gpus = builder.gpus;
    memoryBytes = builder.memoryBytes;
    jvmOptions = List.copyOf(builder.jvmOptions);
    environment = Map.copyOf(builder.environment);
    startTimeout = builder.startTimeout;
    logFolder = builder.logFolder;
  }

  /** All defaults. */
  public static RayOptions ofDefaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The {@code ray} command; empty: found. */
  public Optional<Path> command() {
    return command;
  }

  /** Where a Ray runs of which this host is a node; empty: a private one is started. */
  public Optional<String> address() {
    return address;
  }

  /** What driver and workers load; empty: this process's class path. */
  public Optional<List<String>> classPath() {
    return classPath;
  }

  /** CPUs of a private Ray; empty: those of the host. */
  public OptionalInt cpus() {
    return cpus;
  }

  /** GPUs of a private Ray; empty: those of the host. */
  public OptionalInt gpus() {
    return gpus;
  }

  /** Memory of a private Ray in bytes; empty: what the host has left. */
  public OptionalLong memoryBytes() {
    return memoryBytes;
  }

  /** Further options of the workers' JVMs. */
  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Variables of driver and workers. */
  public Map<String, String> environment() {
    return environment;
  }

  /** How long a start may take. */
  public Duration startTimeout() {
    return startTimeout;
  }

  /** Where the logs of a private Ray are kept; empty: nowhere. */
  public Optional<Path> logFolder() {
    return logFolder;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Optional<Path> command = Optional.empty();
    private Optional<String> address = Optional.empty();
    private Optional<List<String>> classPath = Optional.empty();
    private OptionalInt cpus = OptionalInt.empty();
    private OptionalInt gpus = OptionalInt.empty();
    private OptionalLong memoryBytes = OptionalLong.empty();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Duration startTimeout = Duration.ofSeconds(90);
    private Optional<Path> logFolder = Optional.empty();

    private Builder() {}

    /**
     * Sets the {@code ray} command.
     *
     * @param file default: what the environment variable {@code GENEVA_RAY} names, or else {@code
     *     ray} in the {@code PATH}
     */
    public Builder command(Path file) {
      command = Optional.of(file);
      return this;
    }

    /**
     * Uses a Ray that runs already, and of which this host is a node, instead of a private one.
     *
     * @param hostAndPort of its control service, such as {@code 127.0.0.1:6379}
     * @throws InvalidDefinitionException if it is no such address
     */
    public Builder address(String hostAndPort) {
      // Ray's own library ends the process on anything else.
      if (!hostAndPort.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")) {
        throw new InvalidDefinitionException(
            "The address of a Ray is a host and a port, like 127.0.0.1:6379, not '"
                + hostAndPort
                + "'. To reach a cluster from elsewhere, use Connection.context.");
      }
      address = Optional.of(hostAndPort);
      return this;
    }

    /** Sets what driver and workers load; default: this process's class path. */
    public Builder classPath(List<String> entries) {
      classPath = Optional.of(List.copyOf(entries));
      return this;
    }

    /**
     * Sets the CPUs of a private Ray, at least 1; default: those of the host. A promise that nobody
     * checks: with more than there are, functions run that ask for more, and share what there is.
     */
    public Builder cpus(int count) {
      cpus = OptionalInt.of(count);
      return this;
    }

    /** Sets the GPUs of a private Ray, 0 or more; default: those of the host. */
    public Builder gpus(int count) {
      gpus = OptionalInt.of(count);
      return this;
    }

    /**
     * Sets the memory of a private Ray, by which workers are placed; a promise, as CPUs are.
     *
     * @param bytes default: what the host has left, about
     */
    public Builder memoryBytes(long bytes) {
      memoryBytes = OptionalLong.of(bytes);
      return this;
    }

    /** Adds options of the workers' JVMs. */
    public Builder jvmOptions(String... options) {
      jvmOptions.addAll(List.of(options));
      return this;
    }

    /** Sets a variable of driver and workers; not for secrets, which Ray would log. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Sets how long the start of a private Ray, or of a driver, may take; default: 90 s. */
    public Builder startTimeout(Duration time) {
      startTimeout = time;
      return this;
    }

    /**
     * Keeps the logs of a private Ray, those of the workers among them, when the engine is closed.
     *
     * @param folder is created if need be; default: they are deleted with the rest
     */
    public Builder logFolder(Path folder) {
      logFolder = Optional.of(folder);
      return this;
    }

    /** The options. */
    public RayOptions build() {
      return new RayOptions(this);
    }
  }
}
