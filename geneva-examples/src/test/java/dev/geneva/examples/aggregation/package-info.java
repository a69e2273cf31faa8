/** Tests of the aggregations. */
@NullMarked
package dev.geneva.examples.aggregation;

import org.jspecify.annotations.NullMarked;
