package dev.geneva.internal.run;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.UdtfSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Does what a test says, under the policy that it says. One test at a time. */
final class ScriptedUdtf implements BatchUdtf {

  private static final List<ScriptedUdtf> CALLED = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("UnnecessaryLambda") // a default for what each test replaces
  private static volatile BatchUdtf script = (source, out) -> {};

  private static volatile ErrorPolicy policy = ErrorPolicy.failFast();

  /** What the next instances do. */
  static void play(ErrorPolicy underPolicy, BatchUdtf nextScript) {
    policy = underPolicy;
    script = nextScript;
    CALLED.clear();
  }

  static ErrorPolicy policy() {
    return policy;
  }

  /** The instances that were called, in order. */
  static List<ScriptedUdtf> called() {
    return List.copyOf(CALLED);
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    CALLED.add(this);
    script.process(source, out);
  }
}
