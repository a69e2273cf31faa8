@NullMarked
package dev.geneva.internal.store;

import org.jspecify.annotations.NullMarked;
