/**
 * What the author of a batch UDTF writes against: the {@link dev.geneva.udtf.Udtf} annotation, the
 * {@link dev.geneva.udtf.BatchUdtf} contract with its source and collector, and the values that
 * describe a UDTF to whoever runs it.
 */
@NullMarked
package dev.geneva.udtf;

import org.jspecify.annotations.NullMarked;
