/** JMH benchmarks of what takes microseconds. */
@NullMarked
package dev.geneva.bench.micro;

import org.jspecify.annotations.NullMarked;
