@NullMarked
package dev.geneva.ray.internal.head;

import org.jspecify.annotations.NullMarked;
