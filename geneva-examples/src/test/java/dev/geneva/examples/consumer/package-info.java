/** Tests of what is published, from outside. */
@NullMarked
package dev.geneva.examples.consumer;

import org.jspecify.annotations.NullMarked;
