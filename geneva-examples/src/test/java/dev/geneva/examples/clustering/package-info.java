/** Tests of the clustering. */
@NullMarked
package dev.geneva.examples.clustering;

import org.jspecify.annotations.NullMarked;
