/**
 * The annotation processor. A round goes {@code analyze} → {@code model} → {@code generate}; what
 * is wrong goes through {@code diagnostic}.
 */
@NullMarked
package dev.geneva.udtf.processor;

import org.jspecify.annotations.NullMarked;
