/** Tests of the demo. */
@NullMarked
package dev.geneva.examples.flags;

import org.jspecify.annotations.NullMarked;
