package dev.geneva;

import dev.geneva.udtf.ArrowRecord;

/** A row that is only an id. */
@ArrowRecord
record Id(long id) {}
