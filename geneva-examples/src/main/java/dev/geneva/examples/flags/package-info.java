/**
 * Which of the world's flags are near-duplicates? A demo, and the longest of the examples: {@link
 * dev.geneva.examples.flags.FlagDemo} draws the flags, {@link
 * dev.geneva.examples.flags.PerceptualHash} describes each picture in 64 bits, {@link
 * dev.geneva.examples.flags.PHashDedupe} is the function that finds the clusters, and the view that
 * it computes is printed and shown as a contact sheet.
 */
@NullMarked
package dev.geneva.examples.flags;

import org.jspecify.annotations.NullMarked;
