package dev.geneva.ray.internal.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns();
  private final List<Long> begun = new CopyOnWriteArrayList<>();

  private CompletableFuture<Boolean> begin(long number) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            boolean may = turns.await(number);
            begun.add(number);
            turns.pass(number);
            return may;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void tasksBeginInTheirOrderWhicheverThreadComesFirst() {
    CompletableFuture<Boolean> third = begin(3);
    CompletableFuture<Boolean> second = begin(2);
    assertThat(begun).isEmpty();
    CompletableFuture<Boolean> first = begin(1);
    assertThat(first.join() && second.join() && third.join()).isTrue();
    assertThat(begun).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whenOneHasFailedNoOtherBegins() throws InterruptedException {
    assertThat(turns.await(1)).isTrue();
    CompletableFuture<Boolean> second = begin(2);
    turns.stop();
    assertThat(second.join()).isFalse();
    assertThat(turns.await(3)).isFalse();
  }
}
