/**
 * Near-duplicates in two steps, each a view: {@link dev.geneva.examples.edges.EdgeDetection} finds
 * pairs of near-duplicates within each partition, in parallel, and {@link
 * dev.geneva.examples.edges.EdgeClusters} joins the pairs to clusters. They run over the pictures
 * of flags of {@link dev.geneva.examples.flags.FlagDemo}.
 */
@NullMarked
package dev.geneva.examples.edges;

import org.jspecify.annotations.NullMarked;
