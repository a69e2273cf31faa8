/** The page that shows what was measured, and its plots. */
@NullMarked
package dev.geneva.bench.page;

import org.jspecify.annotations.NullMarked;
