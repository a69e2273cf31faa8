package dev.geneva.bench.line;

import dev.geneva.bench.micro.Batches;
import dev.geneva.bench.micro.Converters;
import dev.geneva.bench.micro.Log;
import dev.geneva.bench.micro.SmallRefresh;
import dev.geneva.bench.micro.UpToDateView;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What takes microseconds, measured by JMH in processes of its own. */
final class SmallThingsLine implements Line {

  /** What is measured together. */
  private static final List<Class<?>> BENCHMARKS =
      List.of(UpToDateView.class, SmallRefresh.class, Batches.class, Log.class, Converters.class);

  private static final List<Case> CASES =
      List.of(
          new Case("a view of 1,000 partitions", 0),
          new Case("a view of ten rows", 1),
          new Case("a batch of 8,192 rows", 2),
          new Case("a record appended to the log", 3),
          new Case("4,096 records of ten columns", 4));

  @Override
  public String name() {
    return "small-things";
  }

  @Override
  public String title() {
    return "Small things";
  }

  @Override
  public String what() {
    return "What takes microseconds, by JMH: each value is the mean of a second's calls.";
  }

  @Override
  public Unit unit() {
    return Unit.MICROSECONDS;
  }

  @Override
  public List<Target> targets() {
    return List.of();
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK, LINES -> CASES;
      case GROWTH, GUARD -> List.of();
    };
  }

  @Override
  public boolean compares() {
    return false;
  }

  /** JMH has its own. */
  @Override
  public int warmUps(Suite suite) {
    return 0;
  }

  /** Each of them is in a process of its own, of JMH. */
  @Override
  public boolean isProfiled() {
    return false;
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    boolean quick = setting.suite() == Suite.QUICK;
    Options options =
        new OptionsBuilder()
            .include(BENCHMARKS.get((int) which.size()).getName() + "[.]")
            .forks(1)
            .warmupIterations(quick ? 1 : 3)
            .warmupTime(TimeValue.milliseconds(quick ? 100 : 1_000))
            .measurementIterations(runs(setting.suite()))
            .measurementTime(TimeValue.milliseconds(quick ? 100 : 1_000))
            .shouldFailOnError(true)
            .output(setting.project().resolve("geneva-bench/target/jmh.log").toString())
            .build();
    Collection<RunResult> results = new Runner(options).run();
    List<Side> sides = results.stream().map(SmallThingsLine::side).toList();
    return new OpenTrial(sides, () -> {});
  }

  /** Hands out what JMH has measured. */
  private static Side side(RunResult result) {
    Iterator<IterationResult> iterations =
        result.getBenchmarkResults().iterator().next().getIterationResults().iterator();
    return new Side(
        name(result.getParams()),
        () -> new Sample(iterations.next().getPrimaryResult().getScore(), ""));
  }

  /** The method's name in words, and its parameters. */
  private static String name(BenchmarkParams benchmark) {
    String method = benchmark.getBenchmark().replaceAll(".*[.]", "");
    StringBuilder name =
        new StringBuilder(
            method.replaceAll("(?<=[a-z])(?=[A-Z0-9])", " ").toLowerCase(Locale.ROOT));
    for (String key : benchmark.getParamsKeys()) {
      name.append(", ").append(key).append(' ').append(benchmark.getParam(key));
    }
    return name.toString();
  }
}
