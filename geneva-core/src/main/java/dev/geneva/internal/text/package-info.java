/** What error messages and plans are made of. */
@NullMarked
package dev.geneva.internal.text;

import org.jspecify.annotations.NullMarked;
