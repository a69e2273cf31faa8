package dev.geneva.udtf.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Conversion of java.time values to days and microseconds. What is finer than a microsecond is cut
 * off, towards the past.
 */
final class Temporals {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Temporals() {}

  /** Encodes; throws IllegalArgumentException if the value is out of range. */
  @FunctionalInterface
  interface ToMicros<T> {
    long micros(T value);
  }

  /** Decodes. */
  @FunctionalInterface
  interface OfMicros<T> {
    T of(long micros);
  }

  static int days(LocalDate date) {
    long days = date.toEpochDay();
    if ((int) days != days) {
      throw outOfRange(date, "days in 32 bits");
    }
    return (int) days;
  }

  static long micros(LocalTime time) {
    return time.toNanoOfDay() / NANOS_PER_MICRO;
  }

  static long micros(Instant instant) {
    return micros(instant, instant.getEpochSecond(), instant.getNano());
  }

  static long micros(LocalDateTime dateTime) {
    Instant inUtc = dateTime.toInstant(ZoneOffset.UTC);
    return micros(dateTime, inUtc.getEpochSecond(), inUtc.getNano());
  }

  static long micros(Duration duration) {
    return micros(duration, duration.toSeconds(), duration.toNanosPart());
  }

  private static long micros(Object value, long seconds, int nanos) {
    try {
      return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / NANOS_PER_MICRO);
    } catch (ArithmeticException e) {
      throw outOfRange(value, "microseconds in 64 bits");
    }
  }

  static LocalTime timeOf(long micros) {
    return LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
  }

  static Instant instantOf(long micros) {
    return Instant.ofEpochSecond(secondsOf(micros), nanosOf(micros));
  }

  static LocalDateTime dateTimeOf(long micros) {
    return LocalDateTime.ofEpochSecond(secondsOf(micros), nanosOf(micros), ZoneOffset.UTC);
  }

  static Duration durationOf(long micros) {
    return Duration.ofSeconds(secondsOf(micros), nanosOf(micros));
  }

  private static long secondsOf(long micros) {
    return Math.floorDiv(micros, MICROS_PER_SECOND);
  }

  private static int nanosOf(long micros) {
    return (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
  }

  private static IllegalArgumentException outOfRange(Object value, String range) {
    return new IllegalArgumentException("holds " + value + ", which is out of range for " + range);
  }
}
