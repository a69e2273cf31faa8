@NullMarked
package dev.geneva.internal.remote;

import org.jspecify.annotations.NullMarked;
