package dev.geneva.bench;

import dev.geneva.udtf.ArrowRecord;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Ten scalar columns. */
@ArrowRecord
record Scalars(
    long id,
    int count,
    short size,
    boolean flag,
    float weight,
    double score,
    String name,
    @Nullable Double rating,
    Instant at,
    LocalDate day) {}
