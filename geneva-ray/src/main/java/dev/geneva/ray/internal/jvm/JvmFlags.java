package dev.geneva.ray.internal.jvm;

import java.util.ArrayList;
import java.util.List;

/** The flags of JVMs that load Ray, Arrow and Lance. */
public final class JvmFlags {

  /** What Ray's serialisation needs, and of java.nio what Arrow does. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.io",
          "java.math",
          "java.net",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent");

  private JvmFlags() {}

  /** Those of a JVM of the same release as this one. */
  public static List<String> ofThisJava() {
    List<String> flags = new ArrayList<>(ofAnyJava());
    if (Runtime.version().feature() >= 24) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }

  /** Those of a JVM of which nothing is known. */
  public static List<String> ofAnyJava() {
    return OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED").toList();
  }
}
