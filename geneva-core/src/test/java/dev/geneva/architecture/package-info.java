/** The rules that the code's structure keeps. */
@NullMarked
package dev.geneva.architecture;

import org.jspecify.annotations.NullMarked;
