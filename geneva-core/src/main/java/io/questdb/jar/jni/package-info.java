/**
 * Lance's loader of its native library, in place of the one in {@code jar-jni}: see decision 16.
 */
@NullMarked
package io.questdb.jar.jni;

import org.jspecify.annotations.NullMarked;
