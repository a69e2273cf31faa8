/**
 * The only package that touches Lance. It opens, scans, writes and commits datasets, works around
 * what the native library does badly, and translates its errors: nothing native leaks through.
 */
@NullMarked
package dev.geneva.internal.lance;

import org.jspecify.annotations.NullMarked;
