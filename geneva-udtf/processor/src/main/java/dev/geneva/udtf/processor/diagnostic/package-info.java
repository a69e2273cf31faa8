/** What the processor says to the author of a UDTF, and where. */
@NullMarked
package dev.geneva.udtf.processor.diagnostic;

import org.jspecify.annotations.NullMarked;
