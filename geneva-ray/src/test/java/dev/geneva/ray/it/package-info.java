/** Tests against a real Ray. */
@NullMarked
package dev.geneva.ray.it;

import org.jspecify.annotations.NullMarked;
