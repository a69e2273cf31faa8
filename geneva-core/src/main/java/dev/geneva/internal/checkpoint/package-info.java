/**
 * What a refresh has made durable before it commits: files that no version of the view names yet,
 * and whose rows are in them. Values only; the log keeps them.
 */
@NullMarked
package dev.geneva.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
