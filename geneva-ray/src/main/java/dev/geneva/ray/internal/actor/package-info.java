/**
 * What runs in Ray's workers. Ray's own, older libraries come first on their class path: of SLF4J,
 * only methods of 1.7 are there.
 */
@NullMarked
package dev.geneva.ray.internal.actor;

import org.jspecify.annotations.NullMarked;
