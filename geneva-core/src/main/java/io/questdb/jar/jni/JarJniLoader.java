package io.questdb.jar.jni;

import dev.geneva.internal.nativelib.NativeLibrary;

/**
 * Loads a native library out of a jar. Lance calls it by this name; the class of this name in
 * {@code jar-jni}, which isn't on the class path, unpacks the library at each start. This one keeps
 * it.
 */
public interface JarJniLoader {

  /**
   * Loads a library.
   *
   * @param owner a class of the jar, whose methods are native
   * @param path where the jar has its libraries, a folder for each platform in it
   * @param name without what the platform puts around it
   * @throws UnsatisfiedLinkError if there is none for this platform, or it can't be loaded
   */
  static <T> void loadLib(Class<T> owner, String path, String name) {
    NativeLibrary.of(owner, path, name).load();
  }
}
