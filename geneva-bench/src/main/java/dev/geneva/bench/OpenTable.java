package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;

/**
 * What a command line or a worker does before it can begin: it opens a table. Argument: the
 * database's folder, whose table {@code source} is opened; without, nothing is, to see what a JVM
 * takes.
 */
public final class OpenTable {

  private OpenTable() {}

  /** Prints the table's rows. */
  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      System.out.println("a JVM");
      return;
    }
    try (Connection connection = Geneva.connect(arguments[0])) {
      System.out.println(connection.openTable("source").countRows() + " rows");
    }
  }
}
