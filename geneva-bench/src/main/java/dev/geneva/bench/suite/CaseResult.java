package dev.geneva.bench.suite;

import java.util.List;

/**
 * What was measured in one case.
 *
 * @param label the case's
 * @param size the case's
 * @param sides all that could have been run
 */
public record CaseResult(String label, long size, List<SideResult> sides) {
  /** Copies the list. */
  public CaseResult {
    sides = List.copyOf(sides);
  }
}
