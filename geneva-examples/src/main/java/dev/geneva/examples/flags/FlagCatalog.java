package dev.geneva.examples.flags;

import dev.geneva.examples.flags.Flag.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds the flags in the webjar {@code org.webjars.npm:flag-icons} on the class path. */
final class FlagCatalog {

  private static final String POM_PROPERTIES =
      "META-INF/maven/org.webjars.npm/flag-icons/pom.properties";
  private static final String SUFFIX = ".svg";

  private FlagCatalog() {}

  /**
   * All flags, ordered by code, the wide drawing of each before the square one.
   *
   * @throws IOException if the webjar isn't on the class path or can't be read
   */
  static List<Flag> load() throws IOException {
    URL pom = resource(POM_PROPERTIES);
    List<Flag> flags = new ArrayList<>();
    // A class path has no way to list a folder, so the jar is opened as a file system. Its folders
    // have no entries of their own, which is why a file shows the way.
    if (pom.getProtocol().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(uri(pom), Map.<String, Object>of())) {
        listAll(jar.getPath("META-INF"), version(pom), flags);
      }
    } else {
      String path = uri(pom).toString();
      Path root = Path.of(URI.create(path.substring(0, path.length() - POM_PROPERTIES.length())));
      listAll(root.resolve("META-INF"), version(pom), flags);
    }
    flags.sort(Comparator.comparing(Flag::code).thenComparing(Flag::shape));
    return List.copyOf(flags);
  }

  private static void listAll(Path metaInf, String version, List<Flag> into) throws IOException {
    Path flags = metaInf.resolve("resources/webjars/flag-icons/" + version + "/flags");
    for (Shape shape : Shape.values()) {
      list(flags.resolve(shape.folder()), shape, into);
    }
  }

  private static void list(Path folder, Shape shape, List<Flag> into) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUFFIX)) {
          String code = name.substring(0, name.length() - SUFFIX.length());
          into.add(new Flag(code, shape, file.toUri()));
        }
      }
    }
  }

  private static String version(URL pom) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = pom.openStream()) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private static URL resource(String name) throws IOException {
    URL url = FlagCatalog.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IOException(
          "the class path has no "
              + name
              + ": add org.webjars.npm:flag-icons, or run on your own pictures with --images DIR");
    }
    return url;
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("not a URI: " + url, e);
    }
  }
}
