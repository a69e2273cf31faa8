/**
 * Which rows belong to which partition: found in one scan, kept as one number for each row of the
 * query, in the query's order.
 */
@NullMarked
package dev.geneva.internal.partition;

import org.jspecify.annotations.NullMarked;
