package dev.geneva.internal.lance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geneva.IndexKind;
import dev.geneva.VectorMetric;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.store.FileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.lance.file.LanceFileReader;

/**
 * How Lance lays out the files of an IVF index. All that is known of it is known here.
 *
 * <p>Each part of an index (there are several after an {@code optimize}) has a folder with two
 * Lance files. {@code auxiliary.idx} has a row for each vector, sorted by partition, with its row
 * id in {@code _rowid}. {@code index.idx} has the graphs, if there are any. In each, {@code
 * lance:ivf} of the schema's metadata is the number of a global buffer with a protobuf message
 * {@code IVF}: offsets (2) and lengths (3) of the partitions, and centroids (4) as a tensor: type
 * (1), shape (2), data (3). Those of {@code auxiliary.idx} count rows of vectors, and only {@code
 * index.idx} has the centroids. The metadata {@code lance:index} has the kind and the metric.
 *
 * <p>Lance's reader for Java doesn't hand out global buffers, so the files' ends are parsed here.
 * The index's statistics say the same, but take the longer the more centroids there are, and leave
 * those out if the process's environment says so.
 */
final class IvfFiles {

  private static final String INDEX = "index.idx";
  private static final String AUXILIARY = "auxiliary.idx";
  private static final String ROW_ID = "_rowid";
  private static final int BATCH_ROWS = 8192;

  private IvfFiles() {}

  /** Receives a row of a partition. */
  interface RowSink {
    /** Takes a row. */
    void accept(long rowId, int partition);
  }

  /**
   * Reads the model of a part from its files.
   *
   * @param folder of the part, in the database
   * @throws IOException if they aren't there or aren't readable
   * @throws RuntimeException if they aren't laid out as expected
   */
  static IvfModel read(FileStore files, String folder) throws IOException {
    LanceFileTail index = LanceFileTail.read(files, folder + "/" + INDEX);
    Map<String, String> metadata = metadata(index.globalBuffer(0));
    JsonNode type = Json.read(required(metadata, "lance:index"), JsonNode.class);
    Ivf model = Ivf.parse(index.globalBuffer(ivfBuffer(metadata)));
    if (model.tensor == null) {
      throw new IllegalArgumentException("No centroids in " + index);
    }
    LanceFileTail auxiliary = LanceFileTail.read(files, folder + "/" + AUXILIARY);
    Ivf rows = Ivf.parse(auxiliary.globalBuffer(ivfBuffer(metadata(auxiliary.globalBuffer(0)))));
    rows.requireContiguous();
    return new IvfModel(
        kind(type.path("type").asText()),
        metric(type.path("distance_type").asText()),
        rows.lengths.toArray(),
        centroids(model.tensor));
  }

  /**
   * Reads the rows of a part, in the file's order. Memory is bounded by a few batches.
   *
   * @param folder of the part, in the database
   * @throws IOException if the file isn't readable, or hasn't the rows that the model says
   */
  static void rows(
      FileStore files,
      String folder,
      IvfModel model,
      Map<String, String> storageOptions,
      BufferAllocator allocator,
      RowSink sink)
      throws Exception {
    LanceFileTail.read(files, folder + "/" + AUXILIARY); // Lance aborts on an empty file
    String file = files.uri(folder + "/" + AUXILIARY);
    try (LanceFileReader reader = LanceFileReader.open(file, storageOptions, allocator)) {
      if (reader.numRows() != model.rows()) {
        throw new IOException(file + " has " + reader.numRows() + " rows, not " + model.rows());
      }
      if (model.rows() == 0) {
        return;
      }
      // Of the columns, _rowid alone can't be asked for: Lance 7.0.0 then sees no column at all.
      try (ArrowReader rows = reader.readAll(null, null, BATCH_ROWS)) {
        int partition = 0;
        long left = model.size(0);
        while (rows.loadNextBatch()) {
          UInt8Vector ids = (UInt8Vector) rows.getVectorSchemaRoot().getVector(ROW_ID);
          for (int i = 0; i < ids.getValueCount(); i++) {
            while (left == 0) {
              left = model.size(++partition);
            }
            sink.accept(ids.get(i), partition);
            left--;
          }
        }
        if (left != 0) {
          throw new IOException(file + " ends within partition " + partition);
        }
      }
    }
  }

  private static IndexKind kind(String name) {
    return Arrays.stream(IndexKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind '" + name + "'"));
  }

  private static VectorMetric metric(String name) {
    return Arrays.stream(VectorMetric.values())
        .filter(metric -> metric.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown metric '" + name + "'"));
  }

  private static int ivfBuffer(Map<String, String> metadata) {
    return Integer.parseInt(required(metadata, "lance:ivf"));
  }

  private static String required(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no '" + key + "' in the file's schema");
    }
    return value;
  }

  /** The metadata of a schema: field 5, a map, of the message that field 1 is. */
  private static Map<String, String> metadata(ByteBuffer descriptor) {
    Map<String, String> metadata = new HashMap<>();
    ProtobufReader file = new ProtobufReader(descriptor);
    while (file.next()) {
      if (file.field() != 1) {
        file.skip();
        continue;
      }
      ProtobufReader schema = new ProtobufReader(file.bytes());
      while (schema.next()) {
        if (schema.field() == 5) {
          String[] entry = {"", ""};
          ProtobufReader pair = new ProtobufReader(schema.bytes());
          while (pair.next()) {
            entry[pair.field() - 1] = StandardCharsets.UTF_8.decode(pair.bytes()).toString();
          }
          metadata.put(entry[0], entry[1]);
        } else {
          schema.skip();
        }
      }
    }
    return metadata;
  }

  private static IvfCentroids centroids(ByteBuffer tensor) {
    long type = -1;
    Longs shape = new Longs();
    ByteBuffer data = ByteBuffer.allocate(0);
    ProtobufReader reader = new ProtobufReader(tensor);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> type = reader.number();
        case 2 -> reader.numbers(shape);
        case 3 -> data = reader.bytes();
        default -> reader.skip();
      }
    }
    if (shape.size() != 2) {
      throw new IllegalArgumentException("centroids of " + shape.size() + " dimensions");
    }
    List<VectorColumn.Element> types =
        List.of(
            VectorColumn.Element.FLOAT16,
            VectorColumn.Element.FLOAT32,
            VectorColumn.Element.FLOAT64,
            VectorColumn.Element.UINT8);
    if (type < 1 || type > types.size()) {
      throw new IllegalArgumentException("centroids of the unknown type " + type);
    }
    return IvfCentroids.of(types.get((int) type - 1), data, Math.toIntExact(shape.toArray()[1]));
  }

  /** The message of that name. */
  private static final class Ivf {
    private final Longs offsets = new Longs();
    private final Longs lengths = new Longs();
    private @Nullable ByteBuffer tensor;

    static Ivf parse(ByteBuffer message) {
      Ivf ivf = new Ivf();
      ProtobufReader reader = new ProtobufReader(message);
      while (reader.next()) {
        switch (reader.field()) {
          case 2 -> reader.numbers(ivf.offsets);
          case 3 -> reader.numbers(ivf.lengths);
          case 4 -> ivf.tensor = reader.bytes();
          default -> reader.skip();
        }
      }
      return ivf;
    }

    /** The partitions must follow one another without gaps, as they are read so. */
    void requireContiguous() {
      long[] starts = offsets.toArray();
      long next = 0;
      for (int i = 0; i < lengths.size(); i++) {
        if (starts.length > 0 && starts[i] != next) {
          throw new IllegalArgumentException(
              "partition " + i + " starts at " + starts[i] + ", not at " + next);
        }
        next += lengths.toArray()[i];
      }
    }
  }
}
