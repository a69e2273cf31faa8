package dev.geneva.internal.protocol;

import dev.geneva.internal.log.MemoryLogStore;
import dev.geneva.internal.protocol.Interleavings.Actor;
import dev.geneva.internal.protocol.Interleavings.Script;
import java.util.ArrayList;
import java.util.List;

/** A few processes that refresh one view. */
final class Refreshers implements Interleavings.World {

  /** What a process does. */
  interface Role {
    void run(SmallRefresh refresh);

    default Role then(Role next) {
      return refresh -> {
        run(refresh);
        next.run(refresh);
      };
    }
  }

  /** What the storage does that it mustn't, to see that it is noticed. */
  enum Faults {
    NONE,
    PUT_OVERWRITES,
    SWAP_OVERWRITES
  }

  /**
   * Who does what.
   *
   * @param roles one for each process
   * @param oneHost whether they are of one host, so that a lock tells who lives
   * @param retries whether what is found begun fails and is dropped
   * @param readsAreSteps whether others may come between a list of the log and the reads after it
   * @param cleaned whether a clean-up follows on the last refresh
   */
  record Setting(
      List<Role> roles,
      boolean oneHost,
      boolean retries,
      boolean readsAreSteps,
      boolean cleaned,
      Faults faults) {

    static Setting apart(List<Role> roles) {
      return new Setting(roles, false, false, false, false, Faults.NONE);
    }

    Setting together() {
      return new Setting(roles, true, retries, readsAreSteps, cleaned, faults);
    }

    Setting retrying() {
      return new Setting(roles, oneHost, true, readsAreSteps, cleaned, faults);
    }

    Setting reading() {
      return new Setting(roles, oneHost, retries, true, cleaned, faults);
    }

    Setting cleaningAtTheEnd() {
      return new Setting(roles, oneHost, retries, readsAreSteps, true, faults);
    }

    Setting with(Faults other) {
      return new Setting(roles, oneHost, retries, readsAreSteps, cleaned, other);
    }
  }

  private static final int LAST_SOURCE = 9;

  private final Setting setting;
  private final SharedView shared;
  private final MemoryLogStore lock = new MemoryLogStore();
  private final List<Script> scripts = new ArrayList<>();

  Refreshers(Setting setting) {
    this.setting = setting;
    this.shared = new SharedView(setting.oneHost(), setting.faults());
    for (Role role : setting.roles()) {
      String host = "host " + scripts.size();
      scripts.add(actor -> role.run(refresh(actor, host)));
    }
  }

  private SmallRefresh refresh(Actor actor, String host) {
    SteppedStore store =
        new SteppedStore(
            shared,
            setting.oneHost() ? lock : new MemoryLogStore(),
            setting.oneHost() ? "host" : host,
            setting.readsAreSteps(),
            actor);
    return new SmallRefresh(shared, actor, store, setting.retries());
  }

  @Override
  public List<Script> scripts() {
    return scripts;
  }

  @Override
  public long digest() {
    return shared.digest();
  }

  @Override
  public boolean deathIsSeen() {
    return setting.oneHost();
  }

  @Override
  public void checkStep() {
    shared.check();
  }

  @Override
  public void checkEnd() {
    SmallRefresh last = refresh(Actor.alone(), "another host");
    last.refresh(LAST_SOURCE);
    if (setting.cleaned()) {
      last.cleanUp(true);
    }
    shared.checkEnd(LAST_SOURCE);
  }
}
