package dev.geneva.internal.run;

import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.partition.RowOrdinals;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What tasks need around them in the process that runs them. Shared by all tasks of a refresh.
 *
 * @param ordinals the partition of each of the query's rows; empty if they aren't partitioned
 * @param storage where the view is written
 * @param source the pinned version of the source; remains the refresh's to close
 * @param allocator for batches on their way to the storage; remains the refresh's to close
 * @param syncToDisk whether data files are forced to disk
 * @param counters told of all that is done
 * @param skips counts partitions that are left out
 * @param checkpoints told of what is durable
 * @param watch of the function's calls; remains the refresh's to close
 * @param cancellation asked between batches
 */
public record Workplace(
    Optional<RowOrdinals> ordinals,
    LanceStorage storage,
    LanceDataset source,
    BufferAllocator allocator,
    boolean syncToDisk,
    Counters counters,
    SkipLimit skips,
    Checkpoints checkpoints,
    AttemptWatch watch,
    Cancellation cancellation) {}
