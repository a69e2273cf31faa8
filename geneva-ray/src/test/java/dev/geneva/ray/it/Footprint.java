package dev.geneva.ray.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process has of processes and temporary files.
 *
 * @param processes commands of its descendants
 * @param files in the folders for temporary files, by names that Ray, Lance or Geneva choose
 */
record Footprint(List<String> processes, Set<String> files) {

  static Footprint now() {
    List<String> processes =
        ProcessHandle.current()
            .descendants()
            .filter(ProcessHandle::isAlive)
            .map(process -> process.info().command().orElse("?"))
            .sorted()
            .toList();
    // Not of /tmp, where other Rays of the host have theirs.
    Set<String> files = new TreeSet<>(temporary(Path.of(System.getProperty("java.io.tmpdir"))));
    return new Footprint(processes, files);
  }

  private static Set<String> temporary(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(Path::toString)
          .filter(
              name -> name.matches(".*/(gray|geneva-|gtest|liblance|jni|libarrow|native_libs).*"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
