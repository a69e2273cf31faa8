/** Functions that are called once for each partition. */
@NullMarked
package dev.geneva.partition;

import org.jspecify.annotations.NullMarked;
