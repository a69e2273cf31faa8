/** Compares the documentation with the code that it shows. */
@NullMarked
package dev.geneva.examples.docs;

import org.jspecify.annotations.NullMarked;
