"""What a user would write with pylance or DuckDB instead."""

import time

import duckdb
import lance
import numpy as np
import pyarrow as pa

from serve import serve

BATCH = 8192


def narrow(batch):
    a = batch.column("a").to_numpy()
    b = batch.column("b").to_numpy()
    c = batch.column("c").to_numpy()
    return pa.RecordBatch.from_arrays(
        [
            batch.column("id"),
            batch.column("s"),
            pa.array(a + b),
            pa.array(np.sqrt(a * b) * c),
        ],
        names=["id", "s", "x", "y"],
    )


def stream(workload, source, target):
    """One scan piped into one write."""
    begin = time.perf_counter()
    dataset = lance.dataset(source)
    batches = dataset.scanner(batch_size=BATCH).to_batches()
    if workload == "NARROW":
        schema = pa.schema(
            [("id", pa.int64()), ("s", pa.string()), ("x", pa.float64()), ("y", pa.float64())]
        )
        batches = (narrow(batch) for batch in batches)
    else:
        schema = dataset.schema
    lance.write_dataset(pa.RecordBatchReader.from_batches(schema, batches), target)
    return {"seconds": time.perf_counter() - begin}


def group(source, target):
    """DuckDB reads the table through Arrow; its answer becomes a table again."""
    begin = time.perf_counter()
    rows = lance.dataset(source)  # DuckDB finds it by this name
    groups = duckdb.sql(
        "SELECT k, count(*) AS n, sum(x) AS x FROM rows GROUP BY k ORDER BY k"
    ).to_arrow_table()
    assert groups.num_rows > 0 and rows is not None
    lance.write_dataset(groups, target)
    return {"seconds": time.perf_counter() - begin}


serve({"stream": stream, "group": group})
