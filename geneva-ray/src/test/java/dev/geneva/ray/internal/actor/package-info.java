@NullMarked
package dev.geneva.ray.internal.actor;

import org.jspecify.annotations.NullMarked;
