/** What Geneva is measured against, where that is a program of its own. */
@NullMarked
package dev.geneva.bench.opponent;

import org.jspecify.annotations.NullMarked;
