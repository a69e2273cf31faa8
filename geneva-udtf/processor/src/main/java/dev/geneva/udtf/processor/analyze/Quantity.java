package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.processor.diagnostic.Spelling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers with a unit, as annotations have them. */
final class Quantity {

  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(\\p{Alpha}*)\\s*");

  private static final Map<String, BigInteger> BYTES = new LinkedHashMap<>();
  private static final Map<String, BigInteger> NANOS = new LinkedHashMap<>();

  static {
    String[] prefixes = {"", "k", "M", "G", "T", "P"};
    for (int power = 0; power < prefixes.length; power++) {
      String prefix = prefixes[power];
      BYTES.put(prefix + "B", BigInteger.TEN.pow(3 * power));
      if (power > 0) {
        BYTES.put(prefix.toUpperCase(Locale.ROOT) + "iB", BigInteger.TWO.pow(10 * power));
      }
    }
    NANOS.put("ns", BigInteger.ONE);
    NANOS.put("us", BigInteger.valueOf(1_000));
    NANOS.put("ms", BigInteger.valueOf(1_000_000));
    NANOS.put("s", BigInteger.valueOf(1_000_000_000L));
    NANOS.put("min", BigInteger.valueOf(60_000_000_000L));
    NANOS.put("h", BigInteger.valueOf(3_600_000_000_000L));
    NANOS.put("d", BigInteger.valueOf(86_400_000_000_000L));
  }

  private Quantity() {}

  /** Says why a text is no quantity, in words that follow "which". */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnreadableException(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Bytes, at least 1. */
  static long bytes(String text) throws UnreadableException {
    long bytes = parse(text, BYTES);
    if (bytes == 0) {
      throw new UnreadableException("is less than a byte");
    }
    return bytes;
  }

  /** A duration, 0 or more. */
  static Duration duration(String text) throws UnreadableException {
    return Duration.ofNanos(parse(text, NANOS));
  }

  private static long parse(String text, Map<String, BigInteger> units) throws UnreadableException {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      throw new UnreadableException("isn't a number and a unit");
    }
    String unit = matcher.group(2);
    if (unit.isEmpty()) {
      throw new UnreadableException("has no unit");
    }
    BigInteger factor = units.get(unit);
    if (factor == null) {
      factor =
          units.entrySet().stream()
              .filter(entry -> entry.getKey().equalsIgnoreCase(unit))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() -> unknown(unit, units));
    }
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(new BigDecimal(factor))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new UnreadableException("is more than 64 bits can count");
    }
  }

  private static UnreadableException unknown(String unit, Map<String, BigInteger> units) {
    String begun =
        units.keySet().stream()
            .filter(known -> known.regionMatches(true, 0, unit, 0, unit.length()))
            .map(known -> "'" + known + "'")
            .collect(Collectors.joining(" or "));
    String guess =
        begun.isEmpty()
            ? Spelling.didYouMean(unit, units.keySet()).strip()
            : "Did you mean " + begun + "?";
    return new UnreadableException(
        "has the unknown unit '" + unit + "'" + (guess.isEmpty() ? "" : ". " + guess));
  }
}
