/** Starts the examples by name: {@link dev.geneva.examples.Examples}. */
@NullMarked
package dev.geneva.examples;

import org.jspecify.annotations.NullMarked;
