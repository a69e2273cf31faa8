package dev.geneva.internal.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a few actors in every order of their steps, by replay: a run follows a list of choices, and
 * the next one differs in the last choice that has an alternative. Every actor has a thread, but
 * only one runs at a time. A state that was there before isn't explored again; what an actor does
 * next is decided by what it has seen so far, so that, with what all share, is the state.
 */
final class Interleavings implements AutoCloseable {

  /** What may go wrong in one run. */
  record Bounds(int switches, int deaths, int lostAnswers) {}

  /** How much was explored. */
  record Explored(int ends, int runs, int states) {}

  /** What is run: made anew for each run. */
  interface World {
    List<Script> scripts();

    /** A number that differs where what all actors share differs. */
    long digest();

    /** Whether a death is seen by others at once. If not, it is the same as a pause without end. */
    boolean deathIsSeen();

    void checkStep();

    void checkEnd();
  }

  /** What an actor does. */
  interface Script {
    void run(Actor actor);
  }

  /** What a step does. */
  interface Effect<T> {
    T run() throws IOException;
  }

  /** A world that is made for an explorer. */
  interface Worlds {
    World create();
  }

  private final Bounds bounds;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Long> seen = new HashSet<>();
  private final List<Choice> path = new ArrayList<>();
  private int ends;
  private int runs;

  private static final class Choice {
    private final int options;
    private int taken;

    Choice(int options) {
      this.options = options;
    }
  }

  Interleavings(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Runs everything. */
  Explored explore(Worlds worlds) {
    do {
      new Run(worlds.create()).run();
      runs++;
      while (!path.isEmpty() && last().taken + 1 == last().options) {
        path.remove(path.size() - 1);
      }
      if (!path.isEmpty()) {
        last().taken++;
      }
    } while (!path.isEmpty());
    return new Explored(ends, runs, seen.size());
  }

  private Choice last() {
    return path.get(path.size() - 1);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private enum Move {
    GO,
    DIE,
    FAIL,
    LOSE_ANSWER
  }

  private record Option(Actor actor, Move move) {}

  /** Ends a script: the process is dead, or the run needn't go on. */
  static final class Dead extends Error {
    private static final long serialVersionUID = 1;

    Dead() {
      super("dead", null, false, false);
    }
  }

  private final class Run {
    private final World world;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore over = new Semaphore(0);
    private int depth;
    private int switches = bounds.switches();
    private int deaths = bounds.deaths();
    private int lostAnswers = bounds.lostAnswers();
    private boolean known;
    private @Nullable Actor running;
    private final List<String> trace = new ArrayList<>();
    private @Nullable Throwable failure;

    Run(World world) {
      this.world = world;
    }

    void run() {
      for (Script script : world.scripts()) {
        actors.add(new Actor(this, actors.size(), script));
      }
      for (Actor actor : actors) {
        threads.execute(actor);
        actor.ready.acquireUninterruptibly();
      }
      hand();
      over.acquireUninterruptibly();
      if (failure == null && !known) {
        ends++;
        try {
          world.checkEnd();
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw new AssertionError(
            failure.getMessage() + "\nafter\n  " + String.join("\n  ", trace), failure);
      }
    }

    /** Gives the turn to whoever has it next; called by the one that has it. */
    private void hand() {
      Option next = failure == null ? choose() : null;
      if (next == null) {
        running = actors.stream().filter(actor -> !actor.ended).findFirst().orElse(null);
        if (running == null) {
          over.release();
        } else {
          running.move = Move.DIE; // one after the other
          running.turn.release();
        }
        return;
      }
      running = next.actor();
      running.move = next.move();
      running.turn.release();
    }

    private @Nullable Option choose() {
      List<Option> options = options();
      if (options.isEmpty() || known) {
        return null;
      }
      if (depth == path.size()) {
        if (!seen.add(state())) {
          known = true;
          return null;
        }
        path.add(new Choice(options.size()));
      }
      Option option = options.get(path.get(depth++).taken);
      trace.add(option.actor() + " " + option.move() + " " + option.actor().next);
      switches -= running != null && !running.ended && option.actor() != running ? 1 : 0;
      deaths -= option.move() == Move.DIE ? 1 : 0;
      lostAnswers -= option.move() == Move.FAIL || option.move() == Move.LOSE_ANSWER ? 1 : 0;
      return option;
    }

    private List<Option> options() {
      List<Actor> alive = new ArrayList<>(actors);
      alive.removeIf(actor -> actor.ended);
      if (running != null && alive.remove(running)) {
        alive.add(0, running);
      }
      List<Option> options = new ArrayList<>();
      for (Actor actor : alive) {
        if (running != null && !running.ended && actor != running && switches == 0) {
          continue;
        }
        options.add(new Option(actor, Move.GO));
        if (actor.mayFail && lostAnswers > 0) {
          options.add(new Option(actor, Move.FAIL));
          options.add(new Option(actor, Move.LOSE_ANSWER));
        }
        if (deaths > 0 && (world.deathIsSeen() || alive.size() == 1)) {
          options.add(new Option(actor, Move.DIE));
        }
      }
      return options;
    }

    private long state() {
      long state = Digests.mix(Digests.mix(world.digest(), deaths), lostAnswers);
      state = Digests.mix(state, switches);
      state = Digests.mix(state, running == null || running.ended ? -1 : running.number);
      for (Actor actor : actors) {
        state = Digests.mix(state, actor.ended ? 2 : actor.history);
      }
      return state;
    }
  }

  /** One that acts. */
  static final class Actor implements Runnable {
    private final @Nullable Run run;
    private final int number;
    private final Script script;
    private final Semaphore ready = new Semaphore(0);
    private final Semaphore turn = new Semaphore(0);
    private volatile Move move = Move.GO;
    private boolean ended;
    private boolean dead;
    private boolean mayFail;
    private String next = "begin";
    private long history; // of all that it has seen

    private Actor(@Nullable Run run, int number, Script script) {
      this.run = run;
      this.number = number;
      this.script = script;
    }

    /** One that acts alone, when all others have ended. */
    static Actor alone() {
      return new Actor(null, 'Z' - 'A', actor -> {});
    }

    @Override
    public void run() {
      Run among = Objects.requireNonNull(run);
      try {
        ready.release();
        turn.acquireUninterruptibly();
        if (move != Move.DIE) {
          history = 1;
          script.run(this);
        }
      } catch (Dead e) {
        // as it was told
      } catch (RuntimeException | Error e) {
        among.failure = e;
      }
      ended = true;
      among.hand();
    }

    /** One step, which others may come before. */
    <T> T step(String what, Effect<T> effect, ToLongFunction<T> digest) {
      try {
        return step(what, false, effect, digest);
      } catch (IOException e) {
        throw new AssertionError("only a step that may fail does", e);
      }
    }

    /** Belongs to the step before, as nobody could tell whether it came later. */
    <T> T within(String what, Effect<T> effect, ToLongFunction<T> digest) {
      try {
        T result = effect.run();
        history = Digests.mix(Digests.mix(history, what.hashCode()), digest.applyAsLong(result));
        return result;
      } catch (IOException e) {
        throw new AssertionError("only a step that may fail does", e);
      }
    }

    /** One step that may fail, before or after it took effect. */
    <T> T mayFail(String what, Effect<T> effect, ToLongFunction<T> digest) throws IOException {
      return step(what, true, effect, digest);
    }

    private <T> T step(String what, boolean fallible, Effect<T> effect, ToLongFunction<T> digest)
        throws IOException {
      if (run == null) {
        return effect.run();
      }
      if (dead) {
        throw new Dead();
      }
      next = what;
      mayFail = fallible;
      run.hand();
      turn.acquireUninterruptibly();
      if (move == Move.DIE) {
        dead = true;
        throw new Dead();
      }
      history = Digests.mix(history, what.hashCode());
      if (move == Move.FAIL) {
        history = Digests.mix(history, -1);
        throw new IOException("failed");
      }
      T result = effect.run();
      if (move == Move.LOSE_ANSWER) {
        check(run);
        history = Digests.mix(history, -1);
        throw new IOException("the answer was lost");
      }
      history = Digests.mix(history, digest.applyAsLong(result));
      run.trace.set(run.trace.size() - 1, this + " " + what + " = " + result);
      check(run);
      return result;
    }

    private void check(Run among) {
      try {
        among.world.checkStep();
      } catch (RuntimeException | Error e) {
        among.failure = e;
        dead = true;
        throw new Dead();
      }
    }

    @Override
    public String toString() {
      return String.valueOf((char) ('A' + number));
    }
  }
}
