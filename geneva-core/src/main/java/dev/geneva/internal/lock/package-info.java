/** Locks that are released when their holder dies. */
@NullMarked
package dev.geneva.internal.lock;

import org.jspecify.annotations.NullMarked;
