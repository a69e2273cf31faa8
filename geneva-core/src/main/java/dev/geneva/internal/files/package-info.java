/** What the local file system needs beyond {@code java.nio.file}. */
@NullMarked
package dev.geneva.internal.files;

import org.jspecify.annotations.NullMarked;
