/** Refreshes as jobs of an existing cluster, over its job submission interface. */
@NullMarked
package dev.geneva.ray.internal.job;

import org.jspecify.annotations.NullMarked;
