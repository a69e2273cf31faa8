/**
 * The log, the lease, the commit and the clean-up in every order of steps, over a view in memory.
 */
@NullMarked
package dev.geneva.internal.protocol;

import org.jspecify.annotations.NullMarked;
