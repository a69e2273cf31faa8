/** The one digest over values, and over code. */
@NullMarked
package dev.geneva.internal.digest;

import org.jspecify.annotations.NullMarked;
