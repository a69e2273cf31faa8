package dev.geneva.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Column;
import dev.geneva.Order;
import dev.geneva.Query;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.query.QuerySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.lance.Dataset;

/** When a view's query is the same, and its rows. */
class QueryIdentityTest extends QueryTestBase {

  @Test
  void queryOfAnOlderReleaseReads() {
    String old =
        "{\"columns\":[\"a\",\"b\"],\"limit\":3,\"offset\":1,\"predicates\":[\"a > 1\"],"
            + "\"source\":\"t\",\"version\":null}";

    QuerySpec spec = Json.read(old, QuerySpec.class);

    assertThat(spec)
        .isEqualTo(
            QuerySpec.all("t", null)
                .withColumns(List.of(Column.of("a"), Column.of("b")))
                .withPredicate("a > 1")
                .withLimit(3)
                .withOffset(1));
    assertThat(spec.identity()).isEqualTo(old);
  }

  @Test
  void queryWithEverythingReadsBack() {
    QuerySpec spec =
        QuerySpec.all("t", 7L)
            .withColumns(List.of(Column.of("a"), Column.of("b", "a || 'x'")))
            .withPredicate("a > 1")
            .withNearest("v", new float[] {0.1f, -2}, 5)
            .withOrdering(List.of(Order.desc("a").nullsFirst(), Order.asc("b")))
            .withRowIds();

    assertThat(Json.read(Json.write(spec), QuerySpec.class)).isEqualTo(spec);
  }

  @Test
  void queriesThatDifferHaveDifferentIdentities() {
    QuerySpec all = QuerySpec.all("t", null);
    Set<String> identities = new HashSet<>();

    List<QuerySpec> different =
        List.of(
            all,
            QuerySpec.all("t", 1L),
            all.withColumns(List.of(Column.of("a, b"))),
            all.withColumns(List.of(Column.of("a"), Column.of("b"))),
            all.withColumns(List.of(Column.of("a", "b"))),
            all.withColumns(List.of(Column.of("b AS a"))),
            all.withPredicate("a AND b"),
            all.withPredicate("a").withPredicate("b"),
            all.withPredicate("(a -- x) AND (b"),
            all.withPredicate("a -- x").withPredicate("b"),
            all.withOrdering(List.of(Order.asc("a"))),
            all.withOrdering(List.of(Order.asc("a").nullsFirst())),
            all.withNearest("v", new float[] {1, 2}, 3),
            all.withNearest("v", new float[] {1, 2}, 4),
            all.withNearest("v", new float[] {1, 2.0000002f}, 3),
            all.withRowIds(),
            all.withLimit(0),
            all.withOffset(1));
    different.forEach(spec -> identities.add(spec.identity()));

    assertThat(identities).hasSameSizeAs(different);
  }

  @Test
  void compactionIsNoChangeUnlessRowIdsAreSeen() {
    OddCases cases = new OddCases(5);
    Table table = table("odd", List.of(cases.rows(0, 9), cases.rows(9, 9), cases.rows(18, 9)));
    Query plain = table.search().select("id").orderBy(Order.desc("my col"));
    List<UdtfView> unchanged = Stream.of(plain, plain.where("id > 3")).map(this::view).toList();
    List<UdtfView> changed =
        Stream.of(
                plain.withRowId(),
                plain.where("_rowid > 3"),
                table.search().where("`_rowid` >= 0 OR id = 1").select(Column.of("x", "id + 1")))
            .map(this::view)
            .toList();

    try (RootAllocator allocator = new RootAllocator();
        Dataset dataset =
            Dataset.open()
                .allocator(allocator)
                .uri(folder.resolve("db").resolve("odd.lance").toString())
                .build()) {
      dataset.compact();
    }

    assertThat(unchanged)
        .allSatisfy(
            view -> assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE));
    assertThat(changed)
        .allSatisfy(
            view -> assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED));
    assertThat(changed)
        .allSatisfy(
            view -> assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE));
  }

  private UdtfView view(Query query) {
    UdtfView view = connection.createUdtfView("view" + ++views, query, new Show());
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    return view;
  }
}
