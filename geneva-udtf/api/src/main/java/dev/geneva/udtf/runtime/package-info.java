/**
 * What generated converters and descriptors are built from. Public because generated code lies in
 * the package of its record; not meant to be called by hand, and free to change together with the
 * annotation processor.
 */
@NullMarked
package dev.geneva.udtf.runtime;

import org.jspecify.annotations.NullMarked;
