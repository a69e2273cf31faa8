/**
 * The files of a database that Lance's SDK has no calls for, on a local disk or an object store.
 */
@NullMarked
package dev.geneva.internal.store;

import org.jspecify.annotations.NullMarked;
