/**
 * Clusters of what means the same: {@link dev.geneva.examples.clustering.KMeansClustering} over
 * sentence embeddings of the names that Unicode gives its pictographs.
 */
@NullMarked
package dev.geneva.examples.clustering;

import org.jspecify.annotations.NullMarked;
