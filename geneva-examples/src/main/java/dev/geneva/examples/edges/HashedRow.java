package dev.geneva.examples.edges;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a picture.
 *
 * @param rowId a name of its own
 * @param phash 64 bits; null if the picture has no hash
 */
@ArrowRecord
record HashedRow(String rowId, @FixedSize(8) @Unsigned byte @Nullable [] phash) {}
