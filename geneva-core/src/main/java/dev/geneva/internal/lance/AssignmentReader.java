package dev.geneva.internal.lance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;

/**
 * Reads which partition each live row is in. The files of an index also have rows that are gone, or
 * that were changed since and so belong elsewhere; these are left out here.
 */
final class AssignmentReader {

  private final LanceDataset owner;
  private final Dataset dataset;
  private final List<IvfPart> parts;
  private final int partitions;
  private final List<FragmentMetadata> live;

  /** For the parts of one index, whose partitions are the same. */
  AssignmentReader(LanceDataset owner, List<IvfPart> parts) {
    this.owner = owner;
    this.dataset = owner.dataset();
    this.parts = parts;
    this.partitions = parts.get(0).model().partitions();
    this.live = dataset.getFragments().stream().map(Fragment::metadata).toList();
  }

  /** Reads the parts' files. */
  IvfAssignments read() throws Exception {
    return dataset.hasStableRowIds() ? byId() : byAddress();
  }

  /**
   * Row ids are addresses. What a part has of fragments that it doesn't count as its own was
   * changed in place, or is gone.
   */
  private IvfAssignments byAddress() throws Exception {
    int[] ids = live.stream().mapToInt(FragmentMetadata::getId).sorted().toArray();
    Ordinals[] ordinals = new Ordinals[ids.length];
    for (FragmentMetadata fragment : live) {
      int rows = Math.toIntExact(fragment.getPhysicalRows());
      ordinals[Arrays.binarySearch(ids, fragment.getId())] = Ordinals.allocate(rows, partitions);
    }
    for (IvfPart part : parts) {
      boolean[] own = new boolean[ids.length];
      for (int i = 0; i < ids.length; i++) {
        own[i] = part.fragments().contains(ids[i]);
      }
      part.forEachRow(
          owner,
          (rowId, partition) -> {
            int at = Arrays.binarySearch(ids, (int) (rowId >>> 32));
            if (at >= 0 && own[at]) {
              ordinals[at].set((int) rowId, partition);
            }
          });
    }
    dropDeleted(ids, ordinals);
    return IvfAssignments.ofAddresses(ids, ordinals, partitions);
  }

  private void dropDeleted(int[] ids, Ordinals[] ordinals) throws Exception {
    List<Integer> holed =
        live.stream()
            .filter(fragment -> fragment.getDeletionFile() != null)
            .map(FragmentMetadata::getId)
            .toList();
    Ordinals[] all = ordinals.clone();
    for (int id : holed) {
      int at = Arrays.binarySearch(ids, id);
      ordinals[at] = Ordinals.allocate(all[at].length(), partitions);
    }
    LiveRows.of(
        dataset,
        holed,
        (rowId, address) -> {
          int at = Arrays.binarySearch(ids, (int) (address >>> 32));
          ordinals[at].set((int) address, all[at].get((int) address));
        });
  }

  /**
   * Row ids are stable: a changed row keeps its id, but moves to a fragment that the part doesn't
   * count as its own.
   */
  private IvfAssignments byId() throws Exception {
    Set<Integer> present = new HashSet<>();
    live.forEach(fragment -> present.add(fragment.getId()));
    Map<Integer, IdOrdinals> byFragment = new HashMap<>();
    for (IvfPart part : parts) {
      IdOrdinals ofPart = ids(part);
      for (int fragment : part.fragments()) {
        if (present.contains(fragment)) {
          byFragment.put(fragment, ofPart);
        }
      }
    }
    Longs ids = new Longs();
    Longs ordinals = new Longs();
    LiveRows.of(
        dataset,
        byFragment.keySet().stream().sorted().toList(),
        (rowId, address) -> {
          IdOrdinals ofPart = byFragment.get((int) (address >>> 32));
          int ordinal = ofPart == null ? IvfAssignments.UNCOVERED : ofPart.ordinalOf(rowId);
          if (ordinal != IvfAssignments.UNCOVERED) {
            ids.add(rowId);
            ordinals.add(ordinal);
          }
        });
    return IvfAssignments.ofIds(ids.toArray(), compact(ordinals), partitions);
  }

  private IdOrdinals ids(IvfPart part) throws Exception {
    Longs ids = new Longs();
    Longs ordinals = new Longs();
    part.forEachRow(
        owner,
        (rowId, partition) -> {
          ids.add(rowId);
          ordinals.add(partition);
        });
    return IdOrdinals.of(ids.toArray(), compact(ordinals), partitions);
  }

  private Ordinals compact(Longs ordinals) {
    Ordinals compact = Ordinals.allocate(ordinals.size(), partitions);
    long[] values = ordinals.toArray();
    for (int i = 0; i < values.length; i++) {
      compact.set(i, (int) values[i]);
    }
    return compact;
  }
}
