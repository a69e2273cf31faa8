package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerceptualHashTest {

  @ParameterizedTest
  @EnumSource(PerceptualHash.class)
  void everyVariantOfABusyPictureStaysClose(PerceptualHash hash) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      BufferedImage picture = busyPicture(seed, 320, 240);
      long original = hash.of(picture);
      for (Variant variant : Variant.values()) {
        BufferedImage made = ImageIO.read(new ByteArrayInputStream(variant.encode(picture)));
        int most = variant == Variant.CROPPED ? 12 : 5;
        assertThat(distance(original, hash.of(made)))
            .as("%s, picture %d", variant, seed)
            .isLessThanOrEqualTo(most);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PerceptualHash.class)
  void differentPicturesAreFarApart(PerceptualHash hash) {
    for (int seed = 0; seed < 20; seed++) {
      long one = hash.of(busyPicture(seed, 320, 240));
      long other = hash.of(busyPicture(seed + 100, 320, 240));
      assertThat(distance(one, other)).as("picture %d", seed).isGreaterThan(12);
    }
  }

  @ParameterizedTest
  @EnumSource(PerceptualHash.class)
  void addingTheSameToEveryPixelChangesNothing(PerceptualHash hash) {
    BufferedImage picture = busyPicture(3, 64, 64);
    BufferedImage brighter = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        // Halved first, so that nothing is cut off at 255.
        int rgb = picture.getRGB(x, y) >> 1 & 0x7f7f7f;
        picture.setRGB(x, y, rgb);
        brighter.setRGB(x, y, rgb + 0x404040);
      }
    }

    assertThat(distance(hash.of(brighter), hash.of(picture))).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(PerceptualHash.class)
  void theSizeChangesNothing(PerceptualHash hash) {
    BufferedImage picture = busyPicture(5, 64, 64);
    BufferedImage larger = new BufferedImage(192, 128, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 192; x++) {
        larger.setRGB(x, y, picture.getRGB(x / 3, y / 2));
      }
    }

    assertThat(hash.of(larger)).isEqualTo(hash.of(picture));
  }

  @Test
  void halfOfTheGreyHashIsSet() {
    // 63 coefficients around their median, and the constant above it.
    assertThat(Long.bitCount(PerceptualHash.GREY.of(busyPicture(1, 100, 100)))).isEqualTo(32);
  }

  @Test
  void theGreyHashIsColourBlindAndTheOtherOneIsNot() {
    // As grey as each other: 0.299 * 196 = 0.587 * 100, nearly.
    BufferedImage red = stripes(new Color(196, 0, 0), Color.WHITE);
    BufferedImage green = stripes(new Color(0, 100, 0), Color.WHITE);

    assertThat(distance(PerceptualHash.COLOUR.of(red), PerceptualHash.COLOUR.of(green)))
        .isGreaterThan(8);
    double[] redGrey =
        CosineTransform.lowFrequencies(PixelAverages.of(red).mix(0.299, 0.587, 0.114));
    double[] greenGrey =
        CosineTransform.lowFrequencies(PixelAverages.of(green).mix(0.299, 0.587, 0.114));
    for (int i = 0; i < redGrey.length; i++) {
      assertThat(Math.abs(redGrey[i] - greenGrey[i])).isLessThan(5);
    }
  }

  @Test
  void aPictureWithoutAnythingOnItHasNoBits() {
    BufferedImage black = new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB);

    assertThat(PerceptualHash.COLOUR.of(black)).isZero();
    assertThat(PerceptualHash.GREY.of(black)).isZero();
  }

  /** Hashes are stored: another one for the same picture would be a change of format. */
  @Test
  void hashesStayWhatTheyAre() {
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        picture.setRGB(x, y, (x * x * 5 + y * 131) * (y + 3) * 1009 & 0xffffff);
      }
    }

    assertThat(Long.toHexString(PerceptualHash.GREY.of(picture))).isEqualTo("b72019321b531aff");
    assertThat(Long.toHexString(PerceptualHash.COLOUR.of(picture))).isEqualTo("9a34a65c6e092d33");
  }

  @Test
  void bytesAreTheBitsInOrder() {
    assertThat(PerceptualHash.toBytes(0x0102030405060708L)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(PerceptualHash.fromBytes(PerceptualHash.toBytes(-42))).isEqualTo(-42);
  }

  @Test
  void aHashOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> PerceptualHash.fromBytes(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a perceptual hash has 8 bytes, but this one has 16");
  }

  private static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }

  private static BufferedImage stripes(Color outer, Color inner) {
    BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setColor(outer);
    canvas.fillRect(0, 0, 96, 96);
    canvas.setColor(inner);
    canvas.fillRect(0, 32, 96, 32);
    canvas.dispose();
    return picture;
  }

  /** Coloured shapes on a gradient: as many frequencies as a photograph has. */
  static BufferedImage busyPicture(long seed, int width, int height) {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setPaint(new GradientPaint(0, 0, colour(random), width, height * 0.7f, colour(random)));
    canvas.fillRect(0, 0, width, height);
    for (int i = 0; i < 12; i++) {
      canvas.setColor(colour(random));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      canvas.fillOval(
          x - width / 8,
          y - height / 8,
          1 + random.nextInt(width / 2),
          1 + random.nextInt(height / 2));
    }
    canvas.dispose();
    return picture;
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(200), random.nextInt(200), random.nextInt(200));
  }
}
