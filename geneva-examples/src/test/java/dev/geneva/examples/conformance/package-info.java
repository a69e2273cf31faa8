/** Compares the examples with what the Python original computed. */
@NullMarked
package dev.geneva.examples.conformance;

import org.jspecify.annotations.NullMarked;
