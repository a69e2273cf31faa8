/** The code that the README shows. */
@NullMarked
package dev.geneva.examples.readme;

import org.jspecify.annotations.NullMarked;
