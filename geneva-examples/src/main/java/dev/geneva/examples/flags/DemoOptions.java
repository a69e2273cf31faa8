package dev.geneva.examples.flags;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param images a folder of pictures to look at; empty for the flags
 * @param db the database; empty for a new one
 * @param out where the contact sheet goes; empty for a default
 * @param threshold the most bits in which neighbours differ
 * @param hash what pictures are compared by
 * @param ray whether the view is refreshed on a private Ray
 * @param help whether only the options are to be explained
 */
record DemoOptions(
    Optional<Path> images,
    Optional<String> db,
    Optional<Path> out,
    int threshold,
    PerceptualHash hash,
    boolean ray,
    boolean help) {

  /** The best on the flags, by the table that the demo prints. */
  private static final int DEFAULT_THRESHOLD = 4;

  static final String USAGE =
      """
      Which of the world's flags are near-duplicates? Draws them, stores the pictures in a database,
      finds the clusters with a UDTF view, and shows them on a contact sheet.

        --images DIR    look at the pictures in DIR and its subfolders instead of the flags
        --db URI        the database; default: a new one in the folder target
        --out FILE      where the contact sheet goes; default: contact-sheet.html in the folder target
        --threshold N   the most bits in which the hashes of neighbours differ, 0 to 64; default: 4
        --hash KIND     colour (default), or grey: the DCT hash of grey values as published
        --engine NAME   where the view is refreshed: local (default), or ray: a private Ray, which needs an installed one
        --help          explain this

      Ends with 0, with 1 if something failed, with 2 if an option is wrong.
      """;

  /**
   * Reads the command line.
   *
   * @throws UsageException if it is wrong
   */
  static DemoOptions parse(List<String> arguments) {
    DemoOptions options =
        new DemoOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DEFAULT_THRESHOLD,
            PerceptualHash.COLOUR,
            false,
            false);
    for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
      String option = each.next();
      // Both --threshold 4 and --threshold=4 are usual.
      int equals = option.startsWith("--") ? option.indexOf('=') : -1;
      options =
          equals < 0
              ? options.with(option, each)
              : options.with(
                  option.substring(0, equals), List.of(option.substring(equals + 1)).iterator());
    }
    return options;
  }

  private DemoOptions with(String option, Iterator<String> values) {
    return switch (option) {
      case "--images" ->
          new DemoOptions(
              Optional.of(folder(value(option, values))), db, out, threshold, hash, ray, help);
      case "--db" ->
          new DemoOptions(
              images, Optional.of(value(option, values)), out, threshold, hash, ray, help);
      case "--out" ->
          new DemoOptions(
              images, db, Optional.of(file(value(option, values))), threshold, hash, ray, help);
      case "--threshold" ->
          new DemoOptions(images, db, out, bits(value(option, values)), hash, ray, help);
      case "--hash" ->
          new DemoOptions(images, db, out, threshold, kind(value(option, values)), ray, help);
      case "--engine" ->
          new DemoOptions(images, db, out, threshold, hash, isRay(value(option, values)), help);
      case "--help", "-h" -> new DemoOptions(images, db, out, threshold, hash, ray, true);
      default -> throw new UsageException("unknown option: " + option);
    };
  }

  private static String value(String option, Iterator<String> values) {
    try {
      String value = values.next();
      if (!value.isBlank()) {
        return value;
      }
    } catch (NoSuchElementException e) {
      // Said below, as for a blank value.
    }
    throw new UsageException("option " + option + " needs a value");
  }

  private static Path folder(String value) {
    Path folder = path("--images", value);
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--images: there is no folder " + folder);
    }
    return folder;
  }

  private static Path file(String value) {
    Path file = path("--out", value);
    if (Files.isDirectory(file)) {
      throw new UsageException("--out: this is a folder, not a file: " + file);
    }
    return file;
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException(option + ": not a path: " + value);
    }
  }

  private static int bits(String value) {
    try {
      int bits = Integer.parseInt(value);
      if (bits >= 0 && bits <= Long.SIZE) {
        return bits;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UsageException("--threshold must be a number from 0 to 64, not " + value);
  }

  private static boolean isRay(String value) {
    return switch (value) {
      case "local" -> false;
      case "ray" -> true;
      default -> throw new UsageException("--engine must be one of local, ray, not " + value);
    };
  }

  private static PerceptualHash kind(String value) {
    return Arrays.stream(PerceptualHash.values())
        .filter(kind -> kind.option().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--hash must be one of "
                        + Arrays.stream(PerceptualHash.values())
                            .map(PerceptualHash::option)
                            .collect(Collectors.joining(", "))
                        + ", not "
                        + value));
  }

  /** A mistake of the user's, which the message explains. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
