package dev.geneva.examples.readme;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;

@ArrowRecord
record Picture(long rowId, @FixedSize(8) @Unsigned byte[] phash) {}
