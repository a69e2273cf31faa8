package dev.geneva.examples.flags;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Turns a drawing into pixels. Needs no screen. */
final class FlagPainter {

  private FlagPainter() {}

  /**
   * Draws a flag on white, at the size that its shape asks for.
   *
   * @throws IOException if the drawing can't be read
   */
  static BufferedImage paint(Flag flag) throws IOException {
    SVGDocument drawing = new SVGLoader().load(flag.svg().toURL());
    if (drawing == null) {
      throw new IOException("not an SVG drawing: " + flag.svg());
    }
    int width = flag.shape().width();
    int height = flag.shape().height();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    try {
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, width, height);
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      drawing.renderWithPlatform(
          NullPlatformSupport.INSTANCE, canvas, new ViewBox(0, 0, width, height));
    } finally {
      canvas.dispose();
    }
    return picture;
  }
}
