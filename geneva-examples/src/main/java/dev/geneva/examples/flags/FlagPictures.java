package dev.geneva.examples.flags;

import dev.geneva.examples.flags.Flag.Shape;
import dev.geneva.examples.flags.ThresholdTable.HashedFlag;
import dev.geneva.examples.flags.Truth.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.imageio.ImageIO;

/**
 * Pictures of flags: every drawing in every {@link Variant}. Every tenth flag is held back, to be
 * added later.
 */
final class FlagPictures implements PictureSet {

  private static final int HELD_BACK = 10;

  private final List<Drawn> drawn;
  private final PerceptualHash hash;
  private final Truth truth;
  private final List<String> codes;

  private FlagPictures(List<Drawn> drawn, PerceptualHash hash) {
    this.drawn = drawn;
    this.hash = hash;
    this.truth = Truth.of(drawn.stream().map(Drawn::sample).toList());
    this.codes = drawn.stream().map(d -> d.flag().code()).distinct().toList();
  }

  /**
   * Draws flags.
   *
   * @param hash the kind of hash that is stored
   * @param progress told how many flags have been drawn
   * @throws UncheckedIOException if a drawing can't be read
   */
  static FlagPictures draw(List<Flag> flags, PerceptualHash hash, Progress progress) {
    AtomicInteger done = new AtomicInteger();
    List<Drawn> drawn =
        flags.parallelStream()
            .map(
                flag -> {
                  Drawn result = draw(flag);
                  progress.at(done.incrementAndGet(), flags.size());
                  return result;
                })
            .toList();
    return new FlagPictures(drawn, hash);
  }

  /** What is known of the flags. */
  Truth truth() {
    return truth;
  }

  /** Measures the thresholds on all pictures. */
  ThresholdTable thresholds() {
    return ThresholdTable.of(
        drawn.stream().flatMap(each -> each.pictures.stream()).map(Encoded::hashes).toList(),
        truth);
  }

  @Override
  public String description() {
    return "%s pictures: %d flags, each drawn %s, in %d variants"
        .formatted(Words.count(size()), codes.size(), shapes(), Variant.values().length);
  }

  @Override
  public int size() {
    return drawn.size() * Variant.values().length;
  }

  @Override
  public Iterator<Picture> first() {
    return pictures(this::isFirst, 0).iterator();
  }

  @Override
  public Iterator<Picture> later() {
    long first = drawn.stream().map(Drawn::flag).filter(this::isFirst).count();
    return pictures(flag -> !isFirst(flag), first * Variant.values().length).iterator();
  }

  private boolean isFirst(Flag flag) {
    return codes.indexOf(flag.code()) % HELD_BACK != HELD_BACK - 1;
  }

  private List<Picture> pictures(Predicate<Flag> wanted, long firstRowId) {
    List<Picture> pictures = new ArrayList<>();
    for (Drawn each : drawn) {
      if (wanted.test(each.flag)) {
        for (Encoded encoded : each.pictures) {
          pictures.add(
              new Picture(
                  firstRowId + pictures.size(),
                  each.flag.source(),
                  encoded.variant.label(),
                  encoded.width,
                  encoded.height,
                  PerceptualHash.toBytes(encoded.hashes.hash(hash)),
                  encoded.image));
        }
      }
    }
    return pictures;
  }

  private static String shapes() {
    return Shape.WIDE.folder() + " and " + Shape.SQUARE.folder();
  }

  private static Drawn draw(Flag flag) {
    try {
      BufferedImage painted = FlagPainter.paint(flag);
      List<Encoded> pictures = new ArrayList<>();
      for (Variant variant : Variant.values()) {
        byte[] image = variant.encode(painted);
        // From the bytes as anybody else would read them, so that JPEG's losses count.
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image));
        pictures.add(
            new Encoded(
                variant,
                decoded.getWidth(),
                decoded.getHeight(),
                image,
                HashedFlag.of(flag, decoded)));
      }
      return new Drawn(flag, pictures, sample(flag, painted));
    } catch (IOException e) {
      throw new UncheckedIOException("can't draw the flag " + flag.source(), e);
    }
  }

  /** Half the size shows every difference that an eye would see, at a quarter of the cost. */
  private static Sample sample(Flag flag, BufferedImage painted) throws IOException {
    BufferedImage half = ImageIO.read(new ByteArrayInputStream(Variant.SMALLER.encode(painted)));
    int width = half.getWidth();
    return new Sample(flag, half.getRGB(0, 0, width, half.getHeight(), null, 0, width));
  }

  private record Drawn(Flag flag, List<Encoded> pictures, Sample sample) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared as a value.
  private record Encoded(Variant variant, int width, int height, byte[] image, HashedFlag hashes) {}
}
