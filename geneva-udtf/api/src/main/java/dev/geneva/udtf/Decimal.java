package dev.geneva.udtf;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@link java.math.BigDecimal} column its precision and scale. Values are never rounded:
 * one that has more digits is an error.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.TYPE_USE
})
public @interface Decimal {
  /** The number of digits in all, 1 to 76; up to 38 they take 16 bytes, from then on 32. */
  int precision();

  /** The number of digits after the point, 0 to the precision. */
  int scale();
}
