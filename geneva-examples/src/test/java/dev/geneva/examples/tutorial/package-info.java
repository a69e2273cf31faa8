/** Tests of the tutorial, and of the messages that it quotes. */
@NullMarked
package dev.geneva.examples.tutorial;

import org.jspecify.annotations.NullMarked;
