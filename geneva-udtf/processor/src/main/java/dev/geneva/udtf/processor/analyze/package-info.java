/** From annotated elements to the model, or to diagnostics. */
@NullMarked
package dev.geneva.udtf.processor.analyze;

import org.jspecify.annotations.NullMarked;
