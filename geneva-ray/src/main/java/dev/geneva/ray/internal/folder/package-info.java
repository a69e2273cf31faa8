/** Folders that are deleted with all that is in them. */
@NullMarked
package dev.geneva.ray.internal.folder;

import org.jspecify.annotations.NullMarked;
