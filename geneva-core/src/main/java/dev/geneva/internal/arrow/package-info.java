/** What is done with Arrow's schemas and vectors. */
@NullMarked
package dev.geneva.internal.arrow;

import org.jspecify.annotations.NullMarked;
