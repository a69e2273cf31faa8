package com.acme;

import dev.geneva.udtf.ArrowRecord;

/** What is read of a picture's assignment. */
@ArrowRecord
record Member(long clusterId) {}
