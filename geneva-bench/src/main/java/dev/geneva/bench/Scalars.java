package dev.geneva.bench;

import dev.geneva.udtf.ArrowRecord;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Ten scalar columns. */
@ArrowRecord
public record Scalars(
    long id,
    int count,
    short size,
    boolean flag,
    float weight,
    double score,
    String name,
    @Nullable Double rating,
    Instant at,
    LocalDate day) {

  /** The i-th of many. */
  public static Scalars of(int i) {
    return new Scalars(
        i,
        -i,
        (short) i,
        i % 3 == 0,
        i / 7f,
        i / 3.0,
        "row number " + i,
        i % 5 == 0 ? null : i * 0.5,
        Instant.ofEpochSecond(1_700_000_000L + i, 123_000),
        LocalDate.ofEpochDay(i));
  }
}
