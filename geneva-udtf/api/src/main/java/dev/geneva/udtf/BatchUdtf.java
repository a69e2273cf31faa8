package dev.geneva.udtf;

/**
 * A batch user-defined table function. Annotated with {@link Udtf}.
 *
 * <p>Each partition's attempt gets an instance of its own, made from the parameters that are stored
 * with the view, so fields never leak from one partition into the next.
 */
@FunctionalInterface
public interface BatchUdtf {

  /**
   * Computes one partition's output, or the whole table's if there are no partitions.
   *
   * <p>It must be deterministic: the same rows yield the same batches in the same order. It is
   * called by one thread. To stay within bounded memory, read with {@link UdtfSource#toBatches} and
   * yield as you go.
   *
   * @param source the rows; valid until this method returns
   * @param out takes the output; valid until this method returns
   * @throws Exception whatever the function throws; the error policy decides what follows
   */
  void process(UdtfSource source, BatchCollector out) throws Exception;
}
