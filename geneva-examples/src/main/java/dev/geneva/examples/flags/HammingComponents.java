package dev.geneva.examples.flags;

import java.util.Arrays;

/**
 * The connected components of the graph in which two 64-bit hashes are joined if they differ in at
 * most a given number of bits.
 *
 * <p>Equal hashes are one node. Instead of all pairs of nodes, only those are compared that agree,
 * or nearly so, on one of several bands of bits: if two hashes differ in at most t = m·r + a bits
 * (a &lt; m), then in one of m bands, and more exactly in one of the first a + 1 in at most r or in
 * one of the others in at most r - 1. This is multi-index hashing: M. Norouzi, A. Punjani, D.
 * Fleet, <em>Fast Exact Search in Hamming Space with Multi-Index Hashing</em>, IEEE TPAMI 36
 * (2014). How many bands is a matter of cost alone; the result is exact for every threshold.
 */
final class HammingComponents {

  private static final int BITS = Long.SIZE;

  /** Wider bands would need more memory for the index of their values than the hashes take. */
  private static final int WIDEST_BAND = 24;

  private final long[] nodes;
  private final int threshold;
  private final int[] parent;

  private HammingComponents(long[] nodes, int threshold) {
    this.nodes = nodes;
    this.threshold = threshold;
    this.parent = new int[nodes.length];
    Arrays.setAll(parent, i -> i);
  }

  /**
   * Numbers the components.
   *
   * @param hashes the hashes, in any order
   * @param threshold the most bits in which neighbours differ; 0 joins equal hashes only, 64 or
   *     more joins all
   * @return for each hash the number of its component, which is less than {@code hashes.length};
   *     numbers aren't dense and mean nothing else
   */
  static int[] of(long[] hashes, int threshold) {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold must be at least 0, but is " + threshold);
    }
    long[] distinct = Arrays.stream(hashes).sorted().distinct().toArray();
    HammingComponents components = new HammingComponents(distinct, threshold);
    components.join();
    return Arrays.stream(hashes)
        .mapToInt(hash -> components.root(Arrays.binarySearch(distinct, hash)))
        .toArray();
  }

  private void join() {
    if (threshold == 0) {
      return;
    }
    if (threshold >= BITS) {
      Arrays.fill(parent, 0);
      return;
    }
    int bands = cheapestBands(nodes.length, threshold);
    if (bands == 0) {
      joinAllPairs();
      return;
    }
    for (int band = 0; band < bands; band++) {
      int radius = threshold / bands - (band <= threshold % bands ? 0 : 1);
      if (radius >= 0) {
        // Bands of 64/m bits, rounded so that together they cover every bit.
        int from = BITS * band / bands;
        joinWithin(from, BITS * (band + 1) / bands - from, radius);
      }
    }
  }

  private void joinAllPairs() {
    for (int i = 1; i < nodes.length; i++) {
      for (int j = 0; j < i; j++) {
        joinIfClose(i, j);
      }
    }
  }

  /** Compares the nodes whose values of a band differ in at most {@code radius} bits. */
  private void joinWithin(int from, int width, int radius) {
    int mask = (1 << width) - 1;
    // A counting sort: the nodes with value v of the band are sorted[start[v]] … [start[v + 1]].
    int[] start = new int[mask + 2];
    for (long node : nodes) {
      start[(int) (node >>> from & mask) + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] next = Arrays.copyOf(start, start.length - 1);
    int[] sorted = new int[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      sorted[next[(int) (nodes[i] >>> from & mask)]++] = i;
    }
    int[] flips = valuesWithin(width, radius);
    for (int i = 0; i < nodes.length; i++) {
      int value = (int) (nodes[i] >>> from & mask);
      for (int flip : flips) {
        int neighbour = value ^ flip;
        // Each bucket is in ascending order, so the pairs (i, j) and (j, i) meet once.
        for (int k = start[neighbour]; k < start[neighbour + 1] && sorted[k] < i; k++) {
          joinIfClose(i, sorted[k]);
        }
      }
    }
  }

  private void joinIfClose(int i, int j) {
    if (Long.bitCount(nodes[i] ^ nodes[j]) <= threshold) {
      int a = root(i);
      int b = root(j);
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }

  private int root(int node) {
    int at = node;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** All values of {@code width} bits with at most {@code radius} bits set. */
  private static int[] valuesWithin(int width, int radius) {
    int[] values = new int[Math.toIntExact(countWithin(width, radius))];
    int count = 1;
    for (int from = 0, bits = 0; bits < radius; bits++) {
      int to = count;
      for (int i = from; i < to; i++) {
        // Only bits above the highest that is set, so that each value comes up once.
        for (int bit = Integer.SIZE - Integer.numberOfLeadingZeros(values[i]); bit < width; bit++) {
          values[count++] = values[i] | 1 << bit;
        }
      }
      from = to;
    }
    return values;
  }

  private static long countWithin(int width, int radius) {
    long count = 1;
    long choose = 1;
    for (int bits = 1; bits <= Math.min(radius, width); bits++) {
      choose = choose * (width - bits + 1) / bits;
      count += choose;
    }
    return count;
  }

  /**
   * The number of bands with which {@code n} evenly spread hashes cost least, or 0 if comparing all
   * pairs costs less.
   */
  private static int cheapestBands(int n, int threshold) {
    int best = 0;
    double leastCost = n / 2.0 * n;
    for (int bands = (BITS + WIDEST_BAND - 1) / WIDEST_BAND;
        bands <= Math.min(threshold + 1, BITS);
        bands++) {
      int width = (BITS + bands - 1) / bands;
      int radius = threshold / bands;
      // Per node: the buckets looked up, and the nodes met in them; per band also its index.
      double lookups = countWithin(width, radius);
      double cost = bands * (Math.pow(2, width) + n * lookups * (1 + n / Math.pow(2, width) / 2));
      if (cost < leastCost) {
        leastCost = cost;
        best = bands;
      }
    }
    return best;
  }
}
