/** Where the time of a line goes: samples of all threads, native ones too, by {@code perf}. */
@NullMarked
package dev.geneva.bench.profile;

import org.jspecify.annotations.NullMarked;
