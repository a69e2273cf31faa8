package dev.geneva.internal.view;

import dev.geneva.internal.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Says which partition of a view is where, in a file of its own beside the log: for ten thousand
 * partitions it would be too much for the manifest. Gzipped JSON.
 *
 * @param refreshId the refresh that made it
 * @param groups in the order of the view's rows
 */
public record Sidecar(String refreshId, List<Group> groups) {

  private static final String PREFIX = "sidecar-";
  private static final String SUFFIX = ".json.gz";

  /** Copies the list. */
  public Sidecar {
    groups = List.copyOf(groups);
  }

  /**
   * Data files and the partitions whose rows they hold, one after the other.
   *
   * @param files paths relative to the view's {@code data} folder, in the order of the rows
   * @param partitions in the order of their keys
   */
  public record Group(List<String> files, List<Entry> partitions) {
    /** Copies the lists. */
    public Group {
      files = List.copyOf(files);
      partitions = List.copyOf(partitions);
    }

    /** Whether the error policy left its partition out; such a group has no other. */
    public boolean isSkipped() {
      return partitions.stream().anyMatch(partition -> partition.skipped() != null);
    }
  }

  /**
   * One partition.
   *
   * @param ordinal its place in the order of keys, from 0
   * @param key for people; null if the source isn't partitioned
   * @param rows rows in the files
   * @param batches batches that the function yielded
   * @param attempts how often it was called
   * @param skipped what it threw, if it was left out
   */
  public record Entry(
      int ordinal,
      @Nullable String key,
      long rows,
      long batches,
      int attempts,
      @Nullable String skipped) {}

  /** The file's name for a refresh. */
  public static String name(String refreshId) {
    return PREFIX + refreshId + SUFFIX;
  }

  /** Whether it is the name of such a file. */
  public static boolean isName(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  /** The file's content. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      Json.write(this, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a file's content.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static Sidecar of(byte[] bytes) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return Json.read(gzip, Sidecar.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("The sidecar is damaged: " + e.getMessage(), e);
    }
  }
}
