/** Tests of how examples are started. */
@NullMarked
package dev.geneva.examples;

import org.jspecify.annotations.NullMarked;
