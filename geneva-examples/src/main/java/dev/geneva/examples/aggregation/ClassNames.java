package dev.geneva.examples.aggregation;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Takes the paths of class files apart. Streams: it yields for each batch that it reads, so its
 * memory doesn't grow with the table. Files that hold no class are left out, so a batch may become
 * smaller.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=ClassNames</pre>
 */
@Udtf(
    output = ClassNames.ClassName.class,
    inputColumns = {"row_id", "path"})
public record ClassNames() implements BatchUdtf {

  /**
   * A class's name.
   *
   * @param rowId the class file
   * @param packageName such as {@code java.util}; empty for the unnamed package
   * @param name such as {@code Map$Entry}
   * @param nested whether it lies within another class
   */
  public record ClassName(long rowId, String packageName, String name, boolean nested) {}

  private static final String SUFFIX = ".class";

  // tag::streaming[]
  @Override
  public void process(UdtfSource source, BatchCollector out) throws IOException {
    try (ArrowReader reader = source.toBatches(1024)) {
      while (reader.loadNextBatch()) {
        out.collectRecords(transform(reader.getVectorSchemaRoot()));
      }
    }
  }

  // end::streaming[]

  private static List<ClassName> transform(VectorSchemaRoot batch) {
    BigIntVector rowIds = Columns.require(batch, "row_id", BigIntVector.class);
    VarCharVector paths = Columns.require(batch, "path", VarCharVector.class);
    List<ClassName> names = new ArrayList<>(batch.getRowCount());
    for (int row = 0; row < batch.getRowCount(); row++) {
      String path = paths.getObject(row).toString();
      int slash = path.lastIndexOf('/');
      String name = path.substring(slash + 1);
      // Not package-info and module-info, whose names are no identifiers.
      if (name.endsWith(SUFFIX) && name.indexOf('-') < 0) {
        name = name.substring(0, name.length() - SUFFIX.length());
        String packageName = slash < 0 ? "" : path.substring(0, slash).replace('/', '.');
        names.add(new ClassName(rowIds.get(row), packageName, name, name.indexOf('$') > 0));
      }
    }
    return names;
  }
}
