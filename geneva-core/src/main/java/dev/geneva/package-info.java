/**
 * Connections, tables, queries and UDTF views: what an application uses. Start at {@link
 * dev.geneva.Geneva#connect}.
 */
@NullMarked
package dev.geneva;

import org.jspecify.annotations.NullMarked;
