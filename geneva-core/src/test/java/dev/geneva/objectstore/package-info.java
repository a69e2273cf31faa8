@NullMarked
package dev.geneva.objectstore;

import org.jspecify.annotations.NullMarked;
