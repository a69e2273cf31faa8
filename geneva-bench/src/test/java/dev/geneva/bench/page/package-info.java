@NullMarked
package dev.geneva.bench.page;

import org.jspecify.annotations.NullMarked;
