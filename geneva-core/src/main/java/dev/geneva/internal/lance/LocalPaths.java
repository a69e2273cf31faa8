package dev.geneva.internal.lance;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells local files from those of an object store. */
final class LocalPaths {

  /** Of more than one letter, as {@code C:} is a drive. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

  private LocalPaths() {}

  /** Whether a path or URI is one of a local file. */
  static boolean isLocal(String uri) {
    return uri.startsWith("file:") || !SCHEME.matcher(uri).find();
  }

  /** The path of a local file. */
  static Path of(String uri) {
    return uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
  }
}
