package dev.geneva.examples.flags;

import java.net.URI;

/**
 * A drawing of a flag on the class path.
 *
 * @param code the territory's code in lower case, such as {@code fr} or {@code gb-wls}
 * @param shape which of the territory's two drawings it is
 * @param svg where the drawing is
 */
record Flag(String code, Shape shape, URI svg) {

  /** The drawing's name, such as {@code fr 4x3}: unique among the flags. */
  String source() {
    return code + " " + shape.folder();
  }

  /** The two aspect ratios in which every flag is drawn. */
  enum Shape {
    WIDE("4x3", 320, 240),
    SQUARE("1x1", 240, 240);

    private final String folder;
    private final int width;
    private final int height;

    Shape(String folder, int width, int height) {
      this.folder = folder;
      this.width = width;
      this.height = height;
    }

    /** The name of the folder that holds the drawings, which names the shape for people too. */
    String folder() {
      return folder;
    }

    /** The width in pixels at which the demo draws it. */
    int width() {
      return width;
    }

    /** The height in pixels at which the demo draws it. */
    int height() {
      return height;
    }
  }
}
