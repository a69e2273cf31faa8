/** What becomes of a record's columns in Lance. */
@NullMarked
package dev.geneva.types;

import org.jspecify.annotations.NullMarked;
