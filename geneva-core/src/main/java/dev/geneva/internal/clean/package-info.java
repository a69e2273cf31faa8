/**
 * Deletes what nobody needs any more: files that no version of a view names, old versions, records
 * of refreshes that can't be taken up. Nothing is deleted without a record that says so before.
 */
@NullMarked
package dev.geneva.internal.clean;

import org.jspecify.annotations.NullMarked;
