package dev.geneva.internal.plan;

import dev.geneva.LocalCapacity;
import dev.geneva.udtf.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How many calls run at a time.
 *
 * @param workers at least 1
 * @param reason what admits so many, for people
 */
public record Admission(int workers, String reason) {

  /**
   * As many as CPUs, GPUs and memory admit; a call that asks for more than there is runs alone.
   *
   * @param resources what a call asks for
   * @param concurrency the most that the caller wants; empty: as many as are admitted
   */
  public static Admission of(LocalCapacity capacity, Resources resources, OptionalInt concurrency) {
    Limit least = limits(capacity, resources).stream().reduce(Limit::lower).orElseThrow();
    int admitted = (int) Math.max(1, Math.min(Integer.MAX_VALUE, least.calls()));
    if (concurrency.isPresent() && concurrency.getAsInt() < admitted) {
      return new Admission(
          concurrency.getAsInt(),
          "the refresh's concurrency, where " + least.text() + " would admit " + admitted);
    }
    return new Admission(
        admitted,
        least.calls() < 1
            ? least.text() + " admit none, so one runs alone"
            : least.text() + " admit so many");
  }

  private static List<Limit> limits(LocalCapacity capacity, Resources resources) {
    List<Limit> limits = new ArrayList<>();
    limits.add(
        new Limit(
            capacity.cpus() / resources.numCpus(),
            String.format(
                Locale.ROOT,
                "%s CPUs, of which a call asks for %s",
                capacity.cpus(),
                resources.numCpus())));
    if (resources.numGpus() > 0) {
      limits.add(
          new Limit(
              capacity.gpus() / resources.numGpus(),
              String.format(
                  Locale.ROOT,
                  "%s GPUs, of which a call asks for %s",
                  capacity.gpus(),
                  resources.numGpus())));
    }
    if (resources.memoryBytes().isPresent()) {
      long memory = resources.memoryBytes().getAsLong();
      limits.add(
          new Limit(
              (double) capacity.memoryBytes() / memory,
              String.format(
                  Locale.ROOT,
                  "%,d bytes of memory, of which a call asks for %,d",
                  capacity.memoryBytes(),
                  memory)));
    }
    return limits;
  }

  private record Limit(double calls, String text) {
    Limit lower(Limit other) {
      return other.calls < calls ? other : this;
    }
  }
}
