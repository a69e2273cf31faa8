package dev.geneva.bench.suite;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

  private static final MathContext SHOWN = new MathContext(3);
  private static final MathContext KEPT = new MathContext(6);

  private Numbers() {}

  /** Three digits that count, thousands apart. */
  public static String of(double value) {
    BigDecimal rounded = new BigDecimal(value).round(SHOWN);
    DecimalFormat format =
        new DecimalFormat("#,##0.########", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(rounded);
  }

  /** A whole number, thousands apart. */
  public static String of(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** As it is kept: more digits than a run is exact. */
  public static double kept(double value) {
    return new BigDecimal(value).round(KEPT).doubleValue();
  }
}
