@NullMarked
package dev.geneva.ray.internal.wire;

import org.jspecify.annotations.NullMarked;
