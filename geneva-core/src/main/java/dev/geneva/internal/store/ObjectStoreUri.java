package dev.geneva.internal.store;

import dev.geneva.InvalidDefinitionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a database is on an object store.
 *
 * @param service which kind of store
 * @param bucket which Azure calls a container
 * @param prefix of the keys, without slashes around it; empty for the whole bucket
 */
public record ObjectStoreUri(Service service, String bucket, String prefix) {

  /** Of more than one letter, as {@code C:} is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  /** What is written the same in a key and in a URI. */
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.=~-]+");

  /** The kinds of stores, by the scheme of their URIs. */
  public enum Service {
    /** Amazon S3, and what speaks its protocol. */
    S3,
    /** Google Cloud Storage. */
    GS,
    /** Azure Blob Storage. */
    AZ;

    String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is a URI other than of a local file. */
  public static boolean isRemote(String uri) {
    return SCHEME.matcher(uri).matches() && !uri.startsWith("file:");
  }

  /**
   * Takes a URI apart.
   *
   * @throws InvalidDefinitionException if it isn't one of an object store; the message never
   *     repeats what may be a password
   */
  public static ObjectStoreUri parse(String uri) {
    String scheme = uri.substring(0, uri.indexOf(':'));
    Service service =
        Arrays.stream(Service.values())
            .filter(known -> known.scheme().equals(scheme))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "Can't open a database at "
                            + scheme
                            + ":…: it must be a path or a URI that begins with file:, s3://, gs:// or"
                            + " az://."));
    String example = scheme + "://bucket/path/of/the/database";
    if (!uri.startsWith(scheme + "://")) {
      throw new InvalidDefinitionException(
          "Can't open a database at " + scheme + ":…: expected " + example + ".");
    }
    String place = uri.substring(scheme.length() + 3);
    if (place.indexOf('@') >= 0 || place.indexOf('?') >= 0 || place.indexOf('#') >= 0) {
      throw new InvalidDefinitionException(
          "Can't open a database at "
              + scheme
              + "://…: the URI must be only a bucket and a path, such as "
              + example
              + ". Keys and other options go into storageOptions.");
    }
    List<String> segments = List.of(place.replaceAll("/+$", "").split("/", -1));
    String bucket = segments.get(0);
    if (!BUCKET.matcher(bucket).matches()) {
      throw new InvalidDefinitionException(
          "'"
              + bucket
              + "' in "
              + uri
              + " can't be a bucket: 3 to 63 lower-case letters, digits, '.', '-' and '_', with a"
              + " letter or digit at both ends.");
    }
    for (String segment : segments.subList(1, segments.size())) {
      if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
        throw new InvalidDefinitionException(
            "'"
                + segment
                + "' in "
                + uri
                + " can't be a part of a database's path: letters, digits, '_', '-', '.', '=' and"
                + " '~', not '.' or '..'.");
      }
    }
    return new ObjectStoreUri(
        service, bucket, String.join("/", segments.subList(1, segments.size())));
  }

  /** The URI of the bucket. */
  String bucketUri() {
    return service.scheme() + "://" + bucket;
  }

  /** The URI, as Lance takes it. */
  @Override
  public String toString() {
    return bucketUri() + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
