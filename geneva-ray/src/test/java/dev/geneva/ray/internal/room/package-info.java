@NullMarked
package dev.geneva.ray.internal.room;

import org.jspecify.annotations.NullMarked;
