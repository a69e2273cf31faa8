package dev.geneva.internal.view;

import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.digest.Digest;
import dev.geneva.udtf.UdtfDescriptor;
import java.util.List;

/**
 * All that decides what a view's rows are. Two refreshes with equal identities compute equal rows.
 *
 * @param source the source's rows
 * @param query the query
 * @param udtf the function's name
 * @param udtfVersion its version
 * @param parameters its parameters, as JSON
 * @param shape a digest of input columns, partitioning and output schema
 * @param indices the uuids of the index whose partitions were used; empty in other modes
 */
public record RefreshIdentity(
    SourceIdentity source,
    String query,
    String udtf,
    String udtfVersion,
    String parameters,
    String shape,
    List<String> indices) {

  /** Copies the list. */
  public RefreshIdentity {
    indices = List.copyOf(indices);
  }

  /** The identity of a refresh. */
  public static RefreshIdentity of(
      SourceIdentity source, String query, UdtfBinding udtf, List<String> indices) {
    UdtfDescriptor<?> descriptor = udtf.descriptor();
    String shape =
        new Digest()
            .add(descriptor.inputColumns().toString())
            .add(descriptor.partitioning().toString())
            .add(descriptor.outputSchema().toJson())
            .hex();
    return new RefreshIdentity(
        source, query, descriptor.name(), udtf.version(), udtf.parameters(), shape, indices);
  }
}
