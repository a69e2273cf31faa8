@NullMarked
package dev.geneva.bench.profile;

import org.jspecify.annotations.NullMarked;
