/** Tests of planning. */
@NullMarked
package dev.geneva.internal.plan;

import org.jspecify.annotations.NullMarked;
