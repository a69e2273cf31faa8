/** Queries: the value that is stored with a view, and its execution over one version. */
@NullMarked
package dev.geneva.internal.query;

import org.jspecify.annotations.NullMarked;
