package dev.geneva.internal.commit;

import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.StoredView;

/** A version of a view in Lance. Closing it closes the dataset. */
record LanceViewVersion(LanceDataset dataset) implements ViewVersion {

  @Override
  public long number() {
    return dataset.version();
  }

  @Override
  public Look look() {
    return new Look(
        StoredView.in(dataset.storedSchema()).map(StoredView::uuid).orElse(""),
        CommittedState.of(dataset).map(CommittedState::generation).orElse(0L),
        dataset.storedSchema().getFields(),
        dataset.contentDigest());
  }

  @Override
  public boolean isFrom(String refreshId) {
    return dataset.config().containsValue(refreshId);
  }

  @Override
  public void close() {
    dataset.close();
  }
}
