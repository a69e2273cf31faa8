/** What is known of a function or record once it has been found correct. */
@NullMarked
package dev.geneva.udtf.processor.model;

import org.jspecify.annotations.NullMarked;
