@NullMarked
package dev.geneva.internal.run;

import org.jspecify.annotations.NullMarked;
