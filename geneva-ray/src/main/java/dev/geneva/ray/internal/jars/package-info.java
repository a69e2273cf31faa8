/** The code of a user's functions, as a manifest has it. */
@NullMarked
package dev.geneva.ray.internal.jars;

import org.jspecify.annotations.NullMarked;
