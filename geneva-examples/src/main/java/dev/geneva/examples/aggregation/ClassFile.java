package dev.geneva.examples.aggregation;

import dev.geneva.udtf.ArrowRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class file of the JDK: a row of the table that the examples of this package run over.
 *
 * @param rowId a number of its own
 * @param module the module that holds it, such as {@code java.base}
 * @param path its place in the module, such as {@code java/util/Map$Entry.class}
 * @param bytes its size
 */
@ArrowRecord
public record ClassFile(long rowId, String module, String path, long bytes) {

  /** All of the running JDK, ordered by module and path. */
  static List<ClassFile> ofJdk() throws IOException {
    Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    List<Path> paths;
    try (Stream<Path> all = Files.walk(modules)) {
      paths = all.filter(path -> path.toString().endsWith(".class")).sorted().toList();
    }
    List<ClassFile> files = new ArrayList<>();
    for (Path path : paths) {
      Path within = modules.relativize(path);
      files.add(
          new ClassFile(
              files.size(),
              within.getName(0).toString(),
              within.subpath(1, within.getNameCount()).toString(),
              Files.size(path)));
    }
    return files;
  }
}
