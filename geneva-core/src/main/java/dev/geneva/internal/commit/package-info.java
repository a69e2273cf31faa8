/** The last stage of a refresh: one transaction swaps the view to the staged files. */
@NullMarked
package dev.geneva.internal.commit;

import org.jspecify.annotations.NullMarked;
