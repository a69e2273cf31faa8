package dev.geneva.ray.internal.driver;

import dev.geneva.internal.store.ObjectStoreUri;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars of OpenDAL, for workers whose database is on an object store. Its native threads look
 * for its classes with the JVM's own class loader; but Ray has a job's class path loaded by another
 * one, and then they wait for ever. What a runtime environment brings the JVM's own one loads.
 */
final class ObjectStoreJars {

  private static final String CLASS = "org/apache/opendal/Operator.class";
  private static final List<String> NATIVE =
      List.of(
          "native/linux-x86_64/libopendal_java.so",
          "native/linux-aarch_64/libopendal_java.so",
          "native/osx-aarch_64/libopendal_java.dylib",
          "native/osx-x86_64/libopendal_java.dylib");

  private ObjectStoreJars() {}

  /**
   * URIs of the jars that this process has, as the workers' hosts have the same class path.
   *
   * @param database its URI
   * @return none if the database is in a folder, or OpenDAL isn't there
   */
  static List<String> of(String database) {
    if (!ObjectStoreUri.isRemote(database)) {
      return List.of();
    }
    List<String> jars = new ArrayList<>();
    add(CLASS, jars);
    NATIVE.forEach(library -> add(library, jars));
    return jars.stream().distinct().toList();
  }

  private static void add(String resource, List<String> jars) {
    URL found = ObjectStoreJars.class.getClassLoader().getResource(resource);
    if (found == null) {
      return;
    }
    try {
      if (found.openConnection() instanceof JarURLConnection jar) {
        jars.add("file://" + Path.of(jar.getJarFileURL().toURI()));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Can't tell which jar has " + resource, e);
    }
  }
}
