package dev.geneva.examples.flags;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The pictures in a folder and its subfolders, by path. Every tenth file is held back, to be added
 * later. One that can't be read is reported and left out.
 */
final class FolderPictures implements PictureSet {

  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "gif", "bmp");
  private static final int HELD_BACK = 10;

  /** Decoded it takes 4 bytes a pixel; a file of a few kilobytes may claim any size. */
  private static final long MOST_PIXELS = 100_000_000;

  /** Files up to this size are stored as they are, larger ones as a preview. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final int PREVIEW_SIZE = 384;

  private final Path folder;
  private final List<Path> files;
  private final PerceptualHash hash;
  private final BiConsumer<String, String> skipped;
  private final Progress progress;
  private int filesRead;
  private int filesToRead;
  private long nextRowId;

  private FolderPictures(
      Path folder,
      List<Path> files,
      PerceptualHash hash,
      BiConsumer<String, String> skipped,
      Progress progress) {
    this.folder = folder;
    this.files = files;
    this.hash = hash;
    this.skipped = skipped;
    this.progress = progress;
  }

  /**
   * Lists a folder.
   *
   * @param hash the kind of hash that is stored
   * @param skipped told the path of each file that is left out, and why
   * @param progress told how many files have been read
   */
  static FolderPictures list(
      Path folder, PerceptualHash hash, BiConsumer<String, String> skipped, Progress progress)
      throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && ENDINGS.contains(ending(file))) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            skipped.accept(nameOf(folder, file), reason(e));
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return new FolderPictures(folder, List.copyOf(files), hash, skipped, progress);
  }

  @Override
  public String description() {
    return Words.count(size(), "picture file") + " in " + folder;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Iterator<Picture> first() {
    return read(false);
  }

  @Override
  public Iterator<Picture> later() {
    return read(true);
  }

  /** Reads lazily: a folder may hold more pictures than memory does. */
  private Iterator<Picture> read(boolean heldBack) {
    List<Path> part =
        IntStream.range(0, files.size())
            .filter(i -> isHeldBack(i) == heldBack)
            .mapToObj(files::get)
            .toList();
    filesRead = 0;
    filesToRead = part.size();
    return part.stream().map(this::read).flatMap(Optional::stream).iterator();
  }

  private boolean isHeldBack(int index) {
    // Of fewer than ten the last one; of one none, or there would be nothing to begin with.
    int every = Math.min(HELD_BACK, files.size());
    return every > 1 && index % every == every - 1;
  }

  private Optional<Picture> read(Path file) {
    progress.at(++filesRead, filesToRead);
    try {
      byte[] bytes = Files.readAllBytes(file);
      BufferedImage decoded = decode(bytes);
      Picture picture =
          new Picture(
              nextRowId,
              nameOf(folder, file),
              "",
              decoded.getWidth(),
              decoded.getHeight(),
              PerceptualHash.toBytes(hash.of(decoded)),
              bytes.length <= MOST_BYTES ? bytes : Thumbnail.of(decoded, PREVIEW_SIZE));
      nextRowId++;
      return Optional.of(picture);
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw all kinds of unchecked exceptions on damaged files.
      skipped.accept(nameOf(folder, file), reason(e));
      return Optional.empty();
    }
  }

  private static BufferedImage decode(byte[] bytes) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("not a picture that Java can read");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new IOException(
              "too large: %s pixels, the most is %s"
                  .formatted(Words.count(pixels), Words.count(MOST_PIXELS)));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static String nameOf(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private static String ending(Path file) {
    String name = Objects.toString(file.getFileName(), "");
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
