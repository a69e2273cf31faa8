package com.acme;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;

/** A row of the table of pictures. */
@ArrowRecord
public record Picture(long rowId, @FixedSize(8) @Unsigned byte[] phash) {}
