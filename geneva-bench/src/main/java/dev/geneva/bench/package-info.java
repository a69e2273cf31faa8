/** Benchmarks: each a ratio, both sides in the same run. */
@NullMarked
package dev.geneva.bench;

import org.jspecify.annotations.NullMarked;
