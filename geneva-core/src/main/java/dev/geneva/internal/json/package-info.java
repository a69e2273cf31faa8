/** The one JSON mapper. */
@NullMarked
package dev.geneva.internal.json;

import org.jspecify.annotations.NullMarked;
