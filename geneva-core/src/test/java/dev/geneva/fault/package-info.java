/** Nothing is lost and nothing done twice, whatever fails or dies, and whenever. */
@NullMarked
package dev.geneva.fault;

import org.jspecify.annotations.NullMarked;
