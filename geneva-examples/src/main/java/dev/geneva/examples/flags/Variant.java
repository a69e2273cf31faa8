package dev.geneva.examples.flags;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * What happens to a picture on its way through the world. Each is made from the original, so which
 * pictures belong together is known.
 */
enum Variant {
  ORIGINAL("original"),
  SMALLER("half size"),
  FINE_JPEG("JPEG 85"),
  COARSE_JPEG("JPEG 30"),
  CROPPED("cropped"),
  BRIGHTER("brighter");

  private static final double CROP = 0.02;
  private static final double GAIN = 1.15;
  private static final int LIFT = 12;

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** The name for people, and in the table. */
  String label() {
    return label;
  }

  /**
   * Makes this variant of a picture.
   *
   * @param original an opaque RGB picture, which isn't changed
   * @return the bytes of a PNG or JPEG file
   */
  byte[] encode(BufferedImage original) throws IOException {
    return switch (this) {
      case ORIGINAL -> png(original);
      case SMALLER -> png(scaled(original, original.getWidth() / 2, original.getHeight() / 2));
      case FINE_JPEG -> jpeg(original, 0.85f);
      case COARSE_JPEG -> jpeg(original, 0.30f);
      case CROPPED -> png(cropped(original));
      case BRIGHTER -> png(brighter(original));
    };
  }

  /** Writes a picture as PNG. */
  static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IOException("this JDK has no PNG writer");
    }
    return bytes.toByteArray();
  }

  private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Cuts the same share off every edge. */
  private static BufferedImage cropped(BufferedImage original) {
    int x = (int) Math.round(original.getWidth() * CROP);
    int y = (int) Math.round(original.getHeight() * CROP);
    BufferedImage inner =
        original.getSubimage(x, y, original.getWidth() - 2 * x, original.getHeight() - 2 * y);
    return scaled(inner, inner.getWidth(), inner.getHeight());
  }

  private static BufferedImage scaled(BufferedImage picture, int width, int height) {
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = result.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      canvas.drawImage(picture, 0, 0, width, height, null);
    } finally {
      canvas.dispose();
    }
    return result;
  }

  private static BufferedImage brighter(BufferedImage original) {
    BufferedImage result = scaled(original, original.getWidth(), original.getHeight());
    for (int y = 0; y < result.getHeight(); y++) {
      for (int x = 0; x < result.getWidth(); x++) {
        int rgb = result.getRGB(x, y);
        int red = brighter(rgb >> 16);
        int green = brighter(rgb >> 8);
        int blue = brighter(rgb);
        result.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return result;
  }

  private static int brighter(int value) {
    return (int) Math.min(255, Math.round((value & 0xff) * GAIN + LIFT));
  }
}
