package dev.geneva.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's project, {@code src/it/consumer}, built from what is published and run: with Maven, and
 * with javac alone. Needs the packaged modules, so {@code mvn test} leaves it out.
 */
class ConsumerTest {

  private static final Path CONSUMER = Path.of("src", "it", "consumer");
  private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");
  private static final int JAVAC_THAT_ASKS_FOR_PROC = 23;

  private static Published published;

  @TempDir Path folder;

  @BeforeAll
  static void needsPackagedModules() throws IOException {
    published = Published.find();
    assumeTrue(published.isPackaged(), "the modules aren't packaged");
  }

  @Test
  void javacFindsTheProcessorOnTheProcessorPath() throws Exception {
    String processorPath = joined(List.of(published.processor()));

    compileAndRun(published.classPath(), List.of("-processorpath", processorPath));
  }

  @Test
  void javacFindsTheProcessorOnTheClassPath() throws Exception {
    List<Path> classPath = new ArrayList<>(published.classPath());
    classPath.add(published.processor());

    compileAndRun(
        classPath,
        Runtime.version().feature() >= JAVAC_THAT_ASKS_FOR_PROC
            ? List.of("-proc:full")
            : List.of());
  }

  private void compileAndRun(List<Path> classPath, List<String> options) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> javac = new ArrayList<>(List.of(BIN.resolve("javac").toString()));
    // Off: what other people's class files and annotations lack.
    javac.addAll(List.of("-Werror", "-Xlint:all,-classfile,-processing", "--release", "17"));
    javac.addAll(List.of("-d", classes.toString(), "-cp", joined(classPath)));
    javac.addAll(options);
    try (Stream<Path> files = Files.walk(CONSUMER.resolve("src/main/java"))) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(javac::add);
    }
    assertThat(output(Path.of("."), javac)).isEmpty();

    List<Path> runtime = new ArrayList<>(published.classPath());
    runtime.add(classes);
    List<String> java = new ArrayList<>(List.of(BIN.resolve("java").toString()));
    java.addAll(List.of(System.getProperty("geneva.jvm.flags", "").split(" ")));
    java.addAll(List.of("-Djava.io.tmpdir=" + folder, "-cp", joined(runtime)));
    java.addAll(List.of("com.acme.Main", folder.resolve("db").toString()));
    assertThat(output(Path.of("."), java))
        .contains("REFRESHED 3\nUP_TO_DATE\n[Size[clusterId=1, pictures=2]]\n");
  }

  @Test
  void mavenBuildsItAndRunsItsTest() throws Exception {
    String mavenHome = System.getProperty("maven.home", "");
    assumeTrue(!mavenHome.isEmpty(), "not run by Maven");
    Path repository = folder.resolve("repository");
    published.installInto(repository);
    Path project = folder.resolve("project");
    copy(CONSUMER, project);
    Files.createDirectories(project.resolve(".mvn")); // or Maven would take this project's

    String output;
    try {
      output = maven(mavenHome, repository, project);
    } finally {
      // JUnit warns of them.
      Published.deleteLinks(repository);
    }

    assertThat(output).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
  }

  private String maven(String mavenHome, Path repository, Path project) throws Exception {
    return output(
        project,
        List.of(
            Path.of(mavenHome, "bin", "mvn").toString(),
            "-B",
            "-o",
            "-Dmaven.repo.local=" + repository,
            // So that it doesn't matter where this build downloaded something from.
            "-Daether.enhancedLocalRepository.trackingFilename=none",
            "-Djunit.version=" + published.property("junit.version"),
            "-Dresources.version=" + published.pluginVersion("maven-resources-plugin"),
            "-Dcompiler.version=" + published.pluginVersion("maven-compiler-plugin"),
            "-Dsurefire.version=" + published.pluginVersion("maven-surefire-plugin"),
            "-Djvm.flags=" + System.getProperty("geneva.jvm.flags") + " -Djava.io.tmpdir=" + folder,
            "test"));
  }

  @Test
  void pomIsWhatTheReadmeSays() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String xml = readme.substring(readme.indexOf("```xml\n") + "```xml\n".length());

    assertThat(Files.readString(CONSUMER.resolve("pom.xml")))
        .contains("<!-- From here: README.md -->\n" + xml.substring(0, xml.indexOf("```")));
  }

  private static String joined(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Runs a program to its end, and returns what it wrote. */
  private String output(Path directory, List<String> command) throws Exception {
    Path written = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(written.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String output = Files.readString(written, StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
