package dev.geneva.internal.view;

import dev.geneva.internal.lance.LanceDataset;

/**
 * Which rows of a source a view was made from.
 *
 * @param version the version's number, which a dropped and re-created table may have again
 * @param transaction the unique id of the transaction that made the version
 * @param content a digest of the version's data files and deletion files
 */
public record SourceIdentity(long version, String transaction, String content) {

  /** The identity of an open dataset. */
  public static SourceIdentity of(LanceDataset dataset) {
    return new SourceIdentity(dataset.version(), dataset.transactionId(), dataset.contentDigest());
  }
}
