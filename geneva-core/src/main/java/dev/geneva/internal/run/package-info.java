/**
 * The third stage of a refresh: tasks read their rows, call the function once for each partition,
 * check what it yields and stage it as data files that no reader sees. Engines differ only in where
 * tasks run.
 */
@NullMarked
package dev.geneva.internal.run;

import org.jspecify.annotations.NullMarked;
