/** The engines, as the application has them. Nothing here, nor in what it uses, loads Ray. */
@NullMarked
package dev.geneva.ray.internal;

import org.jspecify.annotations.NullMarked;
