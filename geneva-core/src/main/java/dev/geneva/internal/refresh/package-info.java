/** One refresh from its beginning to its end: inspect, plan, run, commit, and the log of it. */
@NullMarked
package dev.geneva.internal.refresh;

import org.jspecify.annotations.NullMarked;
