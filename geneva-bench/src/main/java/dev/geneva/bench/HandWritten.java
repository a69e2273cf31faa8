package dev.geneva.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The limit: {@link Scalars} and Arrow's vectors, as one writes it by hand. */
public final class HandWritten {

  private static final long MICROS = 1_000_000;

  private HandWritten() {}

  /** Fills a root. */
  public static void write(List<Scalars> rows, VectorSchemaRoot root) {
    BigIntVector id = (BigIntVector) root.getVector("id");
    IntVector count = (IntVector) root.getVector("count");
    SmallIntVector size = (SmallIntVector) root.getVector("size");
    BitVector flag = (BitVector) root.getVector("flag");
    Float4Vector weight = (Float4Vector) root.getVector("weight");
    Float8Vector score = (Float8Vector) root.getVector("score");
    VarCharVector name = (VarCharVector) root.getVector("name");
    Float8Vector rating = (Float8Vector) root.getVector("rating");
    TimeStampMicroTZVector at = (TimeStampMicroTZVector) root.getVector("at");
    DateDayVector day = (DateDayVector) root.getVector("day");
    id.allocateNew(rows.size());
    count.allocateNew(rows.size());
    size.allocateNew(rows.size());
    flag.allocateNew(rows.size());
    weight.allocateNew(rows.size());
    score.allocateNew(rows.size());
    name.allocateNew(rows.size());
    rating.allocateNew(rows.size());
    at.allocateNew(rows.size());
    day.allocateNew(rows.size());
    int i = 0;
    for (Scalars row : rows) {
      id.set(i, row.id());
      count.set(i, row.count());
      size.set(i, row.size());
      flag.set(i, row.flag() ? 1 : 0);
      weight.set(i, row.weight());
      score.set(i, row.score());
      name.setSafe(i, row.name().getBytes(StandardCharsets.UTF_8));
      Double present = row.rating();
      if (present == null) {
        rating.setNull(i);
      } else {
        rating.set(i, present);
      }
      at.set(i, micros(row.at()));
      day.set(i, (int) row.day().toEpochDay());
      i++;
    }
    root.setRowCount(rows.size());
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
  }

  /** Makes a record of each row. */
  public static void read(VectorSchemaRoot root, Consumer<Scalars> out) {
    BigIntVector id = (BigIntVector) root.getVector("id");
    IntVector count = (IntVector) root.getVector("count");
    SmallIntVector size = (SmallIntVector) root.getVector("size");
    BitVector flag = (BitVector) root.getVector("flag");
    Float4Vector weight = (Float4Vector) root.getVector("weight");
    Float8Vector score = (Float8Vector) root.getVector("score");
    VarCharVector name = (VarCharVector) root.getVector("name");
    Float8Vector rating = (Float8Vector) root.getVector("rating");
    TimeStampMicroTZVector at = (TimeStampMicroTZVector) root.getVector("at");
    DateDayVector day = (DateDayVector) root.getVector("day");
    for (int i = 0; i < root.getRowCount(); i++) {
      long micros = at.get(i);
      out.accept(
          new Scalars(
              id.get(i),
              count.get(i),
              size.get(i),
              flag.get(i) != 0,
              weight.get(i),
              score.get(i),
              new String(name.get(i), StandardCharsets.UTF_8),
              rating.isNull(i) ? null : rating.get(i),
              Instant.ofEpochSecond(
                  Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000),
              LocalDate.ofEpochDay(day.get(i))));
    }
  }
}
