@NullMarked
package dev.geneva.internal.commit;

import org.jspecify.annotations.NullMarked;
