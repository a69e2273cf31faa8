package dev.geneva.internal.log;

/** The contract, in memory. */
class MemoryLogStoreTest extends LogStoreContract {

  private LogStore store;

  @Override
  LogStore emptyStore() {
    store = new MemoryLogStore();
    return store;
  }

  @Override
  LogStore sameStore() {
    return store;
  }
}
