package dev.geneva.internal.commit;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** One version of a view, open, as a commit sees it. */
public interface ViewVersion extends AutoCloseable {

  /** Its number. */
  long number();

  /** What a commit compares. */
  Look look();

  /** Whether the commit of a refresh made it, or was the last before it. */
  boolean isFrom(String refreshId);

  @Override
  void close();

  /**
   * What a commit compares.
   *
   * @param uuid the view's; empty if it isn't a view
   * @param generation counts the commits of refreshes; 0 before the first
   * @param columns the columns
   * @param content digest of the data files and deletions
   */
  record Look(String uuid, long generation, List<Field> columns, String content) {
    /** Copies the list. */
    public Look {
      columns = List.copyOf(columns);
    }
  }
}
