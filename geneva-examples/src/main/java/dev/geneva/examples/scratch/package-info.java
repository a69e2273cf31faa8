/** What examples leave behind: nothing. */
@NullMarked
package dev.geneva.examples.scratch;

import org.jspecify.annotations.NullMarked;
