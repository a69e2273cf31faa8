/** Tests of edges and their clusters. */
@NullMarked
package dev.geneva.examples.edges;

import org.jspecify.annotations.NullMarked;
