package dev.geneva.examples.flags;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small versions of pictures. */
final class Thumbnail {

  private Thumbnail() {}

  /**
   * Decodes a picture that was decoded before, and makes it small; see {@link #of(BufferedImage,
   * int)}.
   *
   * @throws UncheckedIOException if it can't be decoded
   */
  static byte[] of(byte[] picture, int size) {
    try {
      return of(ImageIO.read(new ByteArrayInputStream(picture)), size);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored picture can't be read", e);
    }
  }

  /**
   * Makes a picture small, on white.
   *
   * @param size the most pixels in either direction; a smaller picture keeps its size
   * @return the bytes of a PNG file, or of a JPEG file if that is much smaller
   */
  static byte[] of(BufferedImage picture, int size) throws IOException {
    double scale = Math.min(1, (double) size / Math.max(picture.getWidth(), picture.getHeight()));
    int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
    BufferedImage at = picture;
    // Bilinear scaling looks at 2×2 pixels only, so it mustn't go further than half at a time.
    while (at.getWidth() > 2 * width && at.getHeight() > 2 * height) {
      at = draw(at, at.getWidth() / 2, at.getHeight() / 2);
    }
    BufferedImage small = draw(at, width, height);
    byte[] png = encode(small, "png");
    byte[] jpeg = encode(small, "jpeg");
    // Flat colours are crisp as PNG; photographs are many times larger that way.
    return jpeg.length * 2 < png.length ? jpeg : png;
  }

  private static BufferedImage draw(BufferedImage picture, int width, int height) {
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = result.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      canvas.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
    } finally {
      canvas.dispose();
    }
    return result;
  }

  private static byte[] encode(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, format, bytes)) {
      throw new IOException("this JDK can't write " + format);
    }
    return bytes.toByteArray();
  }
}
