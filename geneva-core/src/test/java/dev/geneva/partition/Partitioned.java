package dev.geneva.partition;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.OnError;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The functions of these tests: they yield each row's id with the key of its partition. */
final class Partitioned {

  /** Ids on which the functions fail, in the order of attempts. */
  static final Set<Long> FAILING = ConcurrentHashMap.newKeySet();

  /** The partitions for which a function was called, once for each call. */
  static final List<String> CALLS = java.util.Collections.synchronizedList(new ArrayList<>());

  private Partitioned() {}

  /**
   * A row of the output.
   *
   * @param partition its partition's key as text
   * @param id its id
   */
  record Placed(String partition, long id) {}

  private static void place(UdtfSource source, BatchCollector out) throws Exception {
    String key = source.partition().map(Partitioned::text).orElse("all rows");
    CALLS.add(key);
    try (ArrowReader rows = source.toBatches(3)) {
      while (rows.loadNextBatch()) {
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        BigIntVector ids = (BigIntVector) batch.getVector("id");
        List<Placed> placed = new ArrayList<>();
        for (int row = 0; row < batch.getRowCount(); row++) {
          if (FAILING.contains(ids.get(row))) {
            throw new IllegalStateException("id " + ids.get(row) + " fails");
          }
          placed.add(new Placed(key, ids.get(row)));
        }
        out.collectRecords(placed);
      }
    }
  }

  private static String text(PartitionKey key) {
    Object value = ((PartitionKey.Value) key).value();
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
  }

  @Udtf(output = Placed.class, partitionBy = "k")
  record ByK() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "k", inputColumns = "id")
  record ByHiddenK() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class)
  record InOneCall() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "my col")
  record ByNameWithSpace() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "dash-col")
  record ByNameWithDash() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "SELECT")
  record ByKeyword() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "st.leaf")
  record ByLeaf() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(output = Placed.class, partitionBy = "k", onError = @OnError(then = ErrorAction.SKIP))
  record Skipping() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(
      output = Placed.class,
      partitionBy = "k",
      onError = @OnError(then = ErrorAction.SKIP, maxSkipCount = 1))
  record SkippingOne() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  @Udtf(
      output = Placed.class,
      partitionBy = "k",
      onError = @OnError(then = ErrorAction.RETRY, delay = "0 s"))
  record Retrying() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  /** Fails in the middle of its second attempt's output as well, then works. */
  @Udtf(
      output = Placed.class,
      partitionBy = "k",
      onError = @OnError(then = ErrorAction.RETRY, delay = "0 s", maxAttempts = 4))
  record FailingTwice(String name) implements BatchUdtf {
    private static final ConcurrentHashMap<String, Integer> ATTEMPTS = new ConcurrentHashMap<>();

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      int attempt = ATTEMPTS.merge(name + source.partition().orElseThrow(), 1, Integer::sum);
      place(source, out);
      if (attempt < 3) {
        throw new java.io.IOException("attempt " + attempt);
      }
    }
  }

  @Udtf(output = Placed.class, partitionBy = "k", numCpus = 4)
  record OnFourCpus() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  /** Retries only if the message names an even id. */
  @Udtf(
      output = Placed.class,
      partitionBy = "k",
      onError = @OnError(then = ErrorAction.RETRY, match = "id [02468]+ fails", delay = "0 s"))
  record RetryingOnMatch() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      place(source, out);
    }
  }

  /** Yields a megabyte for each row. */
  @Udtf(output = Wide.class, partitionBy = "k")
  record Widening() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      try (VectorSchemaRoot rows = source.toArrow()) {
        for (int row = 0; row < rows.getRowCount(); row++) {
          long id = ((BigIntVector) rows.getVector("id")).get(row);
          byte[] bytes = new byte[1 << 20];
          Arrays.fill(bytes, (byte) id);
          out.collectRecords(List.of(new Wide(id, bytes)));
        }
      }
    }
  }

  /**
   * A large row.
   *
   * @param id its id
   * @param bytes a megabyte of the id's lowest byte
   */
  record Wide(long id, byte[] bytes) {}
}
