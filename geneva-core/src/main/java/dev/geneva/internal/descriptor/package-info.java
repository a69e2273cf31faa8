/** Finds what the annotation processor generated, by name: nothing is scanned. */
@NullMarked
package dev.geneva.internal.descriptor;

import org.jspecify.annotations.NullMarked;
