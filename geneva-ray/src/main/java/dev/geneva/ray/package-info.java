/**
 * The Ray engine. The application's process never loads Ray, whose native code can end a process: a
 * refresh is handed over to a driver in a JVM of its own.
 */
@NullMarked
package dev.geneva.ray;

import org.jspecify.annotations.NullMarked;
