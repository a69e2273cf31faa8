/** The second stage of a refresh: which partitions, in which tasks. A value, the same anywhere. */
@NullMarked
package dev.geneva.internal.plan;

import org.jspecify.annotations.NullMarked;
