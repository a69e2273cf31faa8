package dev.geneva.bench.line;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Class data sharing for a program: an archive of the classes that it has loaded once, and the
 * class path to which the archive belongs.
 *
 * @param classPath of jars only, as a deployment has it: the JVM archives no others
 * @param archive the archive
 */
record SharedClasses(String classPath, Path archive) {

  /**
   * Runs a program once, and archives what it has loaded.
   *
   * @param folder for the archive and the jars
   */
  static SharedClasses of(
      Class<?> main,
      Path folder,
      Path temporary,
      Map<String, String> environment,
      String... arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        path = pack(path, folder.resolve("classes-" + jars.size() + ".jar"));
      }
      jars.add(path.toString());
    }
    String classPath = String.join(File.pathSeparator, jars);
    Path archive = folder.resolve("classes.jsa");
    List<String> flags = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off");
    ChildJvm.run(classPath, main, temporary, environment, flags, arguments);
    return new SharedClasses(classPath, archive);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** The JVM's flags. */
  List<String> flags() {
    return List.of("-XX:SharedArchiveFile=" + archive);
  }
}
