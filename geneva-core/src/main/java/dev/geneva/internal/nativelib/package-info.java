/** Native libraries that come in jars: found, kept unpacked between processes, loaded. */
@NullMarked
package dev.geneva.internal.nativelib;

import org.jspecify.annotations.NullMarked;
