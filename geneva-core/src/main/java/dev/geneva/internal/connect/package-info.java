/** What stands behind the interfaces of {@code dev.geneva}. */
@NullMarked
package dev.geneva.internal.connect;

import org.jspecify.annotations.NullMarked;
