/**
 * The driver: a process of its own, which alone loads Ray. It owns refreshes and runs their tasks
 * on actors.
 */
@NullMarked
package dev.geneva.ray.internal.driver;

import org.jspecify.annotations.NullMarked;
