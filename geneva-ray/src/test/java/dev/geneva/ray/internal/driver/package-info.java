@NullMarked
package dev.geneva.ray.internal.driver;

import org.jspecify.annotations.NullMarked;
