package dev.geneva.examples.tutorial;

import dev.geneva.udtf.ArrowRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of sales.
 *
 * @param id a number of its own
 * @param shop where it was sold
 * @param amount what was paid; null if nobody knows
 */
// tag::record[]
@ArrowRecord
public record Sale(long id, String shop, @Nullable Double amount) {}
// end::record[]
