/** The code of the tutorial, {@code docs/writing-a-udtf.md}, over a table of sales. */
@NullMarked
package dev.geneva.examples.tutorial;

import org.jspecify.annotations.NullMarked;
