/** What is measured, how it is run, and what is kept of it. */
@NullMarked
package dev.geneva.bench.suite;

import org.jspecify.annotations.NullMarked;
