package dev.geneva.query;

import dev.geneva.udtf.ArrowRecord;

/**
 * What a function saw of a row.
 *
 * @param row its values as text
 */
@ArrowRecord
record Shown(String row) {}
