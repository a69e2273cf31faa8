package dev.geneva.examples.flags;

import java.io.PrintStream;
import java.util.List;

/** Says what was found, on the console and on a contact sheet. */
interface Report {

  /**
   * Prints what was found.
   *
   * @param clusters all clusters of the view
   */
  void print(List<Cluster> clusters, PrintStream out);

  /**
   * Prints what more pictures changed.
   *
   * @param before the clusters as they were
   * @param after the clusters as they are
   */
  void printChange(List<Cluster> before, List<Cluster> after, PrintStream out);

  /**
   * Lays out a contact sheet.
   *
   * @param clusters all clusters of the view
   * @param footer how they were found
   */
  Sheet sheet(List<Cluster> clusters, String footer);
}
