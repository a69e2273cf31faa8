package dev.geneva.bench.suite;

import java.util.List;

/** A case of a line with its data in place. */
public interface Trial extends AutoCloseable {

  /** All sides. They are run in turns, on one thread. */
  List<Side> sides();

  @Override
  void close() throws Exception;
}
