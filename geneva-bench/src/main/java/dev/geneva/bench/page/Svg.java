package dev.geneva.bench.page;

import java.util.Locale;

/**
 * Writes an SVG picture, which is readable on light and on dark. Colours are classes, {@code s0} to
 * {@code s5}, chosen so that people who don't see some colours can tell them apart; each has a
 * shape, too.
 */
final class Svg {

  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2328}
      .title{font-weight:600}.soft{fill:#59636e}.right{text-anchor:end}.middle{text-anchor:middle}
      .ground{fill:#ffffff}.grid{stroke:#d1d9e0;stroke-width:1}.line{fill:none;stroke-width:2}
      .range{stroke-width:2;stroke-linecap:round}
      .s0{stroke:#0072b2}.s1{stroke:#57606a}.s2{stroke:#b8860b}.s3{stroke:#c1440e}.s4{stroke:#00795a}.s5{stroke:#8f4a86}
      .f0{fill:#0072b2}.f1{fill:#57606a}.f2{fill:#b8860b}.f3{fill:#c1440e}.f4{fill:#00795a}.f5{fill:#8f4a86}
      @media (prefers-color-scheme:dark){
      text{fill:#e6edf3}.soft{fill:#9198a1}.ground{fill:#0d1117}.grid{stroke:#30363d}
      .s0{stroke:#56b4e9}.s1{stroke:#aab4be}.s2{stroke:#f0c04a}.s3{stroke:#f5855a}.s4{stroke:#3fcf9f}.s5{stroke:#d59ccb}
      .f0{fill:#56b4e9}.f1{fill:#aab4be}.f2{fill:#f0c04a}.f3{fill:#f5855a}.f4{fill:#3fcf9f}.f5{fill:#d59ccb}
      }
      </style>
      """;

  private final StringBuilder text = new StringBuilder();

  Svg(double width, double height, String title) {
    text.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\">\n",
            width, height, width, height));
    text.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
    text.append(format("<rect class=\"ground\" width=\"%s\" height=\"%s\"/>\n", width, height));
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    text.append(
        format(
            "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n",
            style, x1, y1, x2, y2));
  }

  /** A line through points, each an x and a y. */
  void path(String style, Iterable<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(format("%s%s %s", path.isEmpty() ? "M" : " L", point[0], point[1]));
    }
    text.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>\n");
  }

  /** A mark of the shape that belongs to a colour. */
  void mark(int colour, double x, double y) {
    String shape =
        switch (colour) {
          case 0 -> format("<circle cx=\"%s\" cy=\"%s\" r=\"4.5\"", x, y);
          case 1 -> format("<rect x=\"%s\" y=\"%s\" width=\"8\" height=\"8\"", x - 4, y - 4);
          case 2 -> polygon(x, y, 0, -5.5, 5.5, 0, 0, 5.5, -5.5, 0);
          case 3 -> polygon(x, y, 0, -5.5, 5, 4, -5, 4);
          case 4 -> polygon(x, y, 0, 5.5, 5, -4, -5, -4);
          default -> polygon(x, y, -5, -2, 5, -2, 5, 2, -5, 2);
        };
    text.append(shape).append(" class=\"f").append(colour).append("\"/>\n");
  }

  private static String polygon(double x, double y, double... corners) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      points.append(format("%s,%s ", x + corners[i], y + corners[i + 1]));
    }
    return "<polygon points=\"" + points.toString().strip() + "\"";
  }

  void text(String style, double x, double y, String what) {
    text.append(format("<text class=\"%s\" x=\"%s\" y=\"%s\">", style, x, y));
    text.append(escaped(what)).append("</text>\n");
  }

  /** Upwards, along an axis. */
  void textUpwards(double x, double y, String what) {
    text.append(
        format("<text class=\"soft middle\" transform=\"translate(%s %s) rotate(-90)\">", x, y));
    text.append(escaped(what)).append("</text>\n");
  }

  private static String escaped(String what) {
    return what.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String pattern, Object... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      shown[i] = values[i] instanceof Double number ? shortened(number) : values[i];
    }
    return pattern.formatted(shown);
  }

  private static String shortened(double number) {
    String exact = String.format(Locale.ROOT, "%.1f", number);
    return exact.endsWith(".0") ? exact.substring(0, exact.length() - 2) : exact;
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }
}
