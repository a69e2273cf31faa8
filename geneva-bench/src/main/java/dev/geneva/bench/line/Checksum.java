package dev.geneva.bench.line;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/**
 * What a Lance dataset holds, as a short text: its rows, and for each column the sum of all values'
 * bits. It doesn't depend on the order of rows, as each side has its own, nor on who wrote it.
 */
final class Checksum {

  private Checksum() {}

  static String of(Path dataset, BufferAllocator allocator) throws Exception {
    try (Dataset open = Dataset.open().allocator(allocator).uri(dataset.toString()).build();
        LanceScanner scanner = open.newScan(new ScanOptions.Builder().build());
        ArrowReader rows = scanner.scanBatches()) {
      return of(rows);
    }
  }

  private static String of(ArrowReader rows) throws IOException {
    long[] sums = new long[rows.getVectorSchemaRoot().getFieldVectors().size()];
    long count = 0;
    while (rows.loadNextBatch()) {
      count += rows.getVectorSchemaRoot().getRowCount();
      add(rows.getVectorSchemaRoot(), sums);
    }
    return text(rows.getVectorSchemaRoot(), count, sums);
  }

  /** The same of rows in memory. */
  static String of(VectorSchemaRoot rows) {
    long[] sums = new long[rows.getFieldVectors().size()];
    add(rows, sums);
    return text(rows, rows.getRowCount(), sums);
  }

  private static void add(VectorSchemaRoot rows, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += sum(rows.getVector(i), rows.getRowCount());
    }
  }

  private static String text(VectorSchemaRoot rows, long count, long[] sums) {
    StringBuilder text = new StringBuilder(count + " rows");
    for (int i = 0; i < sums.length; i++) {
      text.append(' ').append(rows.getVector(i).getName()).append('=');
      text.append(Long.toHexString(sums[i]));
    }
    return text.toString();
  }

  private static long sum(FieldVector vector, int values) {
    if (vector instanceof FixedSizeListVector lists) {
      return sum(lists.getDataVector(), values * lists.getListSize());
    }
    if (vector instanceof BaseFixedWidthVector fixed) {
      return sum(fixed.getDataBuffer(), fixed.getTypeWidth(), values);
    }
    if (vector instanceof BaseVariableWidthVector text) {
      int begin = text.getOffsetBuffer().getInt(0);
      int end = text.getOffsetBuffer().getInt((long) values * Integer.BYTES);
      long sum = 0;
      for (int i = begin; i < end; i++) {
        sum += text.getDataBuffer().getByte(i);
      }
      return sum;
    }
    throw new IllegalArgumentException("Can't sum up " + vector.getField());
  }

  private static long sum(ArrowBuf values, int width, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += width == Long.BYTES ? values.getLong(8L * i) : values.getInt(4L * i);
    }
    return sum;
  }
}
