/** What is stored with a view: its definition, and what its present rows were made from. */
@NullMarked
package dev.geneva.internal.view;

import org.jspecify.annotations.NullMarked;
