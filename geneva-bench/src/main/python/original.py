"""The original, by its documented API alone."""

import contextlib
import os
import time

import geneva
import numpy as np
import pyarrow as pa

from serve import serve

BATCH = 8192


@geneva.udtf(
    output_schema=pa.schema(
        [("id", pa.int64()), ("s", pa.string()), ("x", pa.float64()), ("y", pa.float64())]
    )
)
def narrow(source):
    for batch in source.to_batches(BATCH):
        a = batch.column("a").to_numpy()
        b = batch.column("b").to_numpy()
        c = batch.column("c").to_numpy()
        yield pa.RecordBatch.from_arrays(
            [
                batch.column("id"),
                batch.column("s"),
                pa.array(a + b),
                pa.array(np.sqrt(a * b) * c),
            ],
            names=["id", "s", "x", "y"],
        )


def vectors(width):
    @geneva.udtf(
        output_schema=pa.schema([("id", pa.int64()), ("vec", pa.list_(pa.float32(), width))])
    )
    def identity(source):
        for batch in source.to_batches(BATCH):
            yield batch.select(["id", "vec"])

    return identity


@geneva.udtf(
    output_schema=pa.schema([("k", pa.int32()), ("n", pa.int64()), ("x", pa.float64())]),
    partition_by="k",
)
def sums(source):
    rows = source.to_arrow()
    numbers = rows.column("x").to_numpy()
    yield pa.RecordBatch.from_arrays(
        [
            pa.array([rows.column("k")[0].as_py()], pa.int32()),
            pa.array([len(numbers)], pa.int64()),
            pa.array([float(numbers.sum())]),
        ],
        names=["k", "n", "x"],
    )


@geneva.udtf(
    output_schema=pa.schema([("id", pa.int64()), ("length", pa.float32())]),
    partition_by_indexed_column="vec",
)
def lengths(source):
    rows = source.to_arrow()
    values = rows.column("vec").combine_chunks()
    width = values.type.list_size
    matrix = values.flatten().to_numpy().reshape(-1, width)
    yield pa.RecordBatch.from_arrays(
        [
            rows.column("id").combine_chunks(),
            pa.array(np.sqrt((matrix * matrix).sum(axis=1, dtype=np.float32))),
        ],
        names=["id", "length"],
    )


FUNCTIONS = {"NARROW": narrow, "SUMS": sums, "LENGTHS": lengths}

stack = contextlib.ExitStack()
connections = {}


def connect(database):
    if database not in connections:
        connection = geneva.connect(database)
        if not connections:
            stack.enter_context(connection.local_ray_context())
        connections[database] = connection
    return connections[database]


def create(database, function, width=0):
    """Makes the view anew."""
    connection = connect(database)
    if os.path.exists(os.path.join(database, "view.lance")):
        connection.drop_table("view")
    connection.create_udtf_view(
        "view",
        source=connection.open_table("source").search(None),
        udtf=FUNCTIONS[function] if function in FUNCTIONS else vectors(width),
    )
    return {}


def refresh(database):
    """Only the refresh counts, with Ray started and the table open."""
    view = connect(database).open_table("view")
    begin = time.perf_counter()
    view.refresh()
    return {"seconds": time.perf_counter() - begin}


serve({"create": create, "refresh": refresh})
stack.close()
