/**
 * The log of a view: numbered, immutable, self-checking records of its refreshes, over a small SPI
 * for stores. Whoever finds its number taken is no longer the owner.
 */
@NullMarked
package dev.geneva.internal.log;

import org.jspecify.annotations.NullMarked;
