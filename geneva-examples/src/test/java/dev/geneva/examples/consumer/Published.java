package dev.geneva.examples.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What this build is about to publish.
 *
 * @param root the folder of the whole project
 * @param rootPom its pom
 * @param classPath what a program that uses geneva-core needs, among it the packaged jars
 */
record Published(Path root, String rootPom, List<Path> classPath) {

  private static final String GROUP = "dev/geneva";

  /** Looks at the class path of the tests. */
  static Published find() throws IOException {
    Path root = Path.of("..").toRealPath();
    String paths =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    List<Path> jars =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(paths)
            .filter(path -> path.endsWith(".jar"))
            .map(Path::of)
            .toList();
    return new Published(root, Files.readString(root.resolve("pom.xml")), jars);
  }

  /** Whether the modules before this one are packaged, as with {@code mvn verify}. */
  boolean isPackaged() {
    return classPath.contains(jar("geneva-core", "geneva-core"))
        && Files.exists(jar("geneva-udtf/processor", "geneva-udtf-processor"));
  }

  String version() {
    return first("<version>([^<]+)</version>\\s*<packaging>pom");
  }

  /** The version of a plugin, which is in the local repository since this build uses it. */
  String pluginVersion(String artifact) {
    return first("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<");
  }

  String property(String name) {
    return first("<" + Pattern.quote(name) + ">([^<]+)<");
  }

  private String first(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(rootPom);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in the root pom");
    }
    return matcher.group(1);
  }

  Path jar(String module, String artifact) {
    return root.resolve(module).resolve("target/" + artifact + "-" + version() + ".jar");
  }

  Path processor() {
    return jar("geneva-udtf/processor", "geneva-udtf-processor");
  }

  /** The repository that this build reads. */
  private Path localRepository() throws IOException {
    Path lance =
        classPath.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("lance-core-"))
            .findFirst()
            .orElseThrow();
    return lance.resolveSibling("../../../..").toRealPath();
  }

  /**
   * Makes a repository that has what is published, as if installed, and links to all else that this
   * build has resolved: nothing is downloaded, and nothing goes into the user's repository.
   */
  void installInto(Path repository) throws IOException {
    linkAllBut(Path.of("dev"), localRepository(), Files.createDirectories(repository));
    Path dev = localRepository().resolve("dev");
    Files.createDirectories(repository.resolve("dev"));
    if (Files.exists(dev)) {
      linkAllBut(Path.of("geneva"), dev, repository.resolve("dev"));
    }
    install(repository, "geneva-parent", root.resolve("pom.xml"));
    install(repository, "geneva-bom", root.resolve("geneva-bom/pom.xml"));
    install(repository, "geneva-udtf-parent", root.resolve("geneva-udtf/pom.xml"));
    install(
        repository,
        "geneva-udtf",
        root.resolve("geneva-udtf/api/pom.xml"),
        jar("geneva-udtf/api", "geneva-udtf"));
    install(
        repository,
        "geneva-udtf-processor",
        root.resolve("geneva-udtf/processor/dependency-reduced-pom.xml"),
        processor());
    install(
        repository,
        "geneva-core",
        root.resolve("geneva-core/pom.xml"),
        jar("geneva-core", "geneva-core"));
  }

  private static void linkAllBut(Path exception, Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().equals(exception)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  static void deleteLinks(Path repository) throws IOException {
    for (Path folder : List.of(repository, repository.resolve("dev"))) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private void install(Path repository, String artifact, Path pom, Path... jars)
      throws IOException {
    Path folder =
        Files.createDirectories(repository.resolve(GROUP).resolve(artifact).resolve(version()));
    Files.copy(pom, folder.resolve(artifact + "-" + version() + ".pom"));
    for (Path jar : jars) {
      Files.copy(jar, folder.resolve(artifact + "-" + version() + ".jar"));
    }
  }
}
