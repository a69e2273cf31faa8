@NullMarked
package dev.geneva.bench.suite;

import org.jspecify.annotations.NullMarked;
