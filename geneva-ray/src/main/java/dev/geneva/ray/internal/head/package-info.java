/** A private Ray on this host, as a child process. */
@NullMarked
package dev.geneva.ray.internal.head;

import org.jspecify.annotations.NullMarked;
