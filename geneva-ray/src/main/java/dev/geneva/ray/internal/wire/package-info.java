/** What application, driver and workers say to each other: JSON, a message a line. */
@NullMarked
package dev.geneva.ray.internal.wire;

import org.jspecify.annotations.NullMarked;
