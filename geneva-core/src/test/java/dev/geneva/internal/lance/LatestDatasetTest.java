package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.NotFoundException;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestDatasetTest {

  @TempDir Path folder;
  private TestDatabase database;
  private LatestDataset latest;

  @BeforeEach
  void createTable() {
    database = new TestDatabase(folder);
    database.create("t", 0, 10);
    latest = new LatestDataset(database.storage(), "t");
  }

  @AfterEach
  void close() {
    latest.close();
    database.close();
  }

  @Test
  void whatIsStillTheLatestIsHandedOutAgain() {
    try (LanceDataset first = latest.acquire();
        LanceDataset second = latest.acquire()) {
      assertThat(second).isSameAs(first);
      assertThat(first.version()).isEqualTo(1);
    }
    try (LanceDataset third = latest.acquire()) {
      assertThat(third.countRows(java.util.Optional.empty())).isEqualTo(10);
    }
  }

  @Test
  void aNewVersionIsOpenedAndTheOldOneClosed() {
    LanceDataset old = latest.acquire();
    old.close();
    database.append("t", 10, 20);

    try (LanceDataset now = latest.acquire()) {
      assertThat(now.version()).isEqualTo(2);
      assertThat(database.ids(now)).hasSize(20);
    }
    assertClosed(old);
  }

  @Test
  void aVersionThatSomebodyHoldsStaysOpenAndAsItWas() {
    try (LanceDataset old = latest.acquire()) {
      database.append("t", 10, 20);
      latest.acquire().close();

      assertThat(old.version()).isEqualTo(1);
      assertThat(database.ids(old)).hasSize(10);
      assertThat(old.isLatest()).isFalse();
    }
  }

  @Test
  void aTableCreatedAnewIsOpenedAnew() {
    latest.acquire().close();
    database.createAnew("t", 100, 105);

    try (LanceDataset now = latest.acquire()) {
      assertThat(now.version()).isEqualTo(1);
      assertThat(database.ids(now)).containsExactly(100L, 101L, 102L, 103L, 104L);
    }
  }

  @Test
  void aDroppedTableIsNotFound() {
    latest.acquire().close();
    database.storage().drop("t");

    assertThatThrownBy(() -> latest.acquire())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No 't' in");
  }

  @Test
  void closingClosesAndALaterCallOpensAgain() {
    LanceDataset first = latest.acquire();
    first.close();
    latest.close();
    latest.close();
    assertClosed(first);

    try (LanceDataset second = latest.acquire()) {
      assertThat(second).isNotSameAs(first);
    }
  }

  @Test
  void manyMayAskWhileAnotherAppends() throws Exception {
    int appends = 15;
    List<Long> last =
        Race.of(
            4,
            racer ->
                () -> {
                  long seen = 0;
                  for (int i = 0; i < (racer == 0 ? appends : 60); i++) {
                    if (racer == 0) {
                      database.append("t", 10 + i, 11 + i);
                    }
                    try (LanceDataset dataset = latest.acquire()) {
                      assertThat(dataset.version()).isGreaterThanOrEqualTo(seen);
                      assertThat(database.ids(dataset)).hasSize((int) (9 + dataset.version()));
                      seen = dataset.version();
                    }
                  }
                  return seen;
                });

    assertThat(last.get(0)).isEqualTo(1 + appends);
  }

  private static void assertClosed(LanceDataset dataset) {
    assertThatThrownBy(dataset::retain)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Closed: 't' at version " + dataset.version());
    assertThat(dataset.isLatest()).isFalse();
  }
}
