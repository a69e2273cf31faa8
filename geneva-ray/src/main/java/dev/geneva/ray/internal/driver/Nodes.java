package dev.geneva.ray.internal.driver;

import io.ray.api.Ray;
import io.ray.api.runtimecontext.NodeInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The nodes of a cluster that live, as far as it knows: it takes up to 15 s to notice a death.
 *
 * @param all what each has, by Ray's names
 */
record Nodes(List<Node> all) {

  /** One node, and what it has. */
  record Node(String address, Map<String, Double> resources) {}

  /** Asks the cluster. */
  static Nodes alive() {
    return new Nodes(
        Ray.getRuntimeContext().getAllNodeInfo().stream()
            .filter(node -> node.isAlive)
            .map((NodeInfo node) -> new Node(node.nodeAddress, Map.copyOf(node.resources)))
            .toList());
  }

  /** How many workers they could hold if they did nothing else. */
  int room(WorkerRequest request) {
    return all.stream().mapToInt(node -> request.fitsInto(node.resources())).sum();
  }

  /** What they have of a resource. */
  double sum(String resource) {
    return all.stream().mapToDouble(node -> node.resources().getOrDefault(resource, 0.0)).sum();
  }

  /** For people. */
  String describe() {
    return all.isEmpty()
        ? "no node lives"
        : all.stream()
            .map(node -> node.address() + " has " + WorkerRequest.describe(node.resources()))
            .collect(Collectors.joining("; "));
  }
}
