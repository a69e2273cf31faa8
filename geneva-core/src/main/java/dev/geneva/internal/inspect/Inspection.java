package dev.geneva.internal.inspect;

import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.StoredView;
import java.util.Optional;

/**
 * What a look at view and source found. The datasets remain the caller's to close.
 *
 * @param view the view's latest version
 * @param definition the view's definition
 * @param committed what the view's rows were made from; empty before the first refresh
 * @param source the source at the version that a refresh reads
 * @param udtf the function
 * @param identity what a refresh now would record
 * @param upToDate whether the view's rows are what a refresh would compute
 * @param onlySkipped whether all would be the same, but for partitions that were left out
 * @param reason why, for people
 */
public record Inspection(
    LanceDataset view,
    StoredView definition,
    Optional<CommittedState> committed,
    LanceDataset source,
    UdtfBinding udtf,
    RefreshIdentity identity,
    boolean upToDate,
    boolean onlySkipped,
    String reason) {}
