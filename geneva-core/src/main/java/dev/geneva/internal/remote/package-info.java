/**
 * What engines need that work in other processes: how a refresh, a task and its result are handed
 * over.
 */
@NullMarked
package dev.geneva.internal.remote;

import org.jspecify.annotations.NullMarked;
