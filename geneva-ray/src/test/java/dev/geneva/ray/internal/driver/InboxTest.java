package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshInProgressException;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final Inbox inbox = new Inbox();
  private final List<Long> remembered = new ArrayList<>();

  private static Report report(long number) {
    return new Report(number, 0, null, null, null);
  }

  private void remember(Report report) {
    remembered.add(report.number());
  }

  @Test
  void reportThatComesTwiceIsRememberedOnce() {
    inbox.take(List.of(report(1), report(2)), this::remember);
    inbox.take(List.of(report(2), report(3)), this::remember);
    assertThat(remembered).containsExactly(1L, 2L, 3L);
    assertThat(inbox.poll(false, 200).acknowledged()).isEqualTo(3);
    assertThat(inbox.poll(false, 200).error()).isNull();
  }

  @Test
  void whatCannotBeRememberedIsRefusedAndSoIsAllThatFollows() {
    inbox.take(List.of(report(1)), this::remember);
    inbox.take(
        List.of(report(2), report(3)),
        report -> {
          throw new RefreshInProgressException("another owner");
        });
    inbox.take(List.of(report(3)), this::remember);
    assertThat(remembered).containsExactly(1L);
    assertThat(inbox.poll(true, 200).acknowledged()).isEqualTo(1);
    assertThat(inbox.poll(true, 200).stop()).isTrue();
    assertThat(inbox.poll(true, 200).error()).isNotNull();
    assertThat(inbox.poll(true, 200).error().error())
        .isInstanceOf(RefreshInProgressException.class)
        .hasMessage("another owner");
  }
}
