/**
 * Many rows in, few out: {@link dev.geneva.examples.aggregation.GroupStats} as a record, the same
 * as a static method in {@link dev.geneva.examples.aggregation.Statistics}, and {@link
 * dev.geneva.examples.aggregation.GlobalAggregation}, which yields one row. Beside them, the two
 * ways of reading and yielding: {@link dev.geneva.examples.aggregation.ClassNames} streams, {@link
 * dev.geneva.examples.aggregation.SizeRanks} loads everything.
 *
 * <p>They run over a table of the class files of the JDK that runs them.
 */
@NullMarked
package dev.geneva.examples.aggregation;

import org.jspecify.annotations.NullMarked;
