@NullMarked
package dev.geneva.ray.architecture;

import org.jspecify.annotations.NullMarked;
