/** The first stage of a refresh: does anything have to run? No scan, no write. */
@NullMarked
package dev.geneva.internal.inspect;

import org.jspecify.annotations.NullMarked;
