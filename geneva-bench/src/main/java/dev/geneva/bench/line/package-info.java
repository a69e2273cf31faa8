/** The lines: what is measured. */
@NullMarked
package dev.geneva.bench.line;

import org.jspecify.annotations.NullMarked;
