/** What a function asks of a cluster's nodes, and what they have. */
@NullMarked
package dev.geneva.ray.internal.room;

import org.jspecify.annotations.NullMarked;
