/** From the model to Java sources. */
@NullMarked
package dev.geneva.udtf.processor.generate;

import org.jspecify.annotations.NullMarked;
