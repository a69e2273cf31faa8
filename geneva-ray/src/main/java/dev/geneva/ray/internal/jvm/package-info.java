/** How the JVMs are started that load Ray. */
@NullMarked
package dev.geneva.ray.internal.jvm;

import org.jspecify.annotations.NullMarked;
