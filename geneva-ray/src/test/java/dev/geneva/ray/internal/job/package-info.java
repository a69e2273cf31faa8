@NullMarked
package dev.geneva.ray.internal.job;

import org.jspecify.annotations.NullMarked;
