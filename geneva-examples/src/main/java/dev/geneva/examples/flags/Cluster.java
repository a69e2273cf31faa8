package dev.geneva.examples.flags;

import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pictures that the view calls near-duplicates of each other.
 *
 * @param id the smallest row id
 * @param pictures at least one, by row id
 */
record Cluster(long id, List<Picture.Label> pictures) {

  /** Joins the view with the table that it was computed from, by cluster id. */
  static List<Cluster> read(Table images, UdtfView view) {
    Map<Long, Picture.Label> labels = new HashMap<>();
    try (Stream<Picture.Label> rows =
        images.search().select("row_id", "name", "variant").records(Picture.Label.class)) {
      rows.forEach(label -> labels.put(label.rowId(), label));
    }
    Map<Long, List<Picture.Label>> members = new TreeMap<>();
    try (Stream<PHashDedupe.Assignment> rows =
        view.search().records(PHashDedupe.Assignment.class)) {
      rows.forEach(
          row ->
              members
                  .computeIfAbsent(row.clusterId(), id -> new ArrayList<>())
                  .add(labels.get(row.rowId())));
    }
    return members.entrySet().stream()
        .map(entry -> new Cluster(entry.getKey(), entry.getValue()))
        .toList();
  }
}
