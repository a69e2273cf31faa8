"""Makes the tables of this folder, and partitions.json with what pylance says of them.

Run with pylance 14.0.2 and numpy, here: python make.py. Row ids are as read_partition gives them,
so those of rows that are gone are among them.
"""

import json
import shutil
import warnings
from datetime import timedelta

import lance
import numpy as np
import pyarrow as pa
from lance.dataset import VectorIndexReader

warnings.simplefilter("ignore")
KINDS = ["IVF_FLAT", "IVF_PQ", "IVF_SQ", "IVF_RQ", "IVF_HNSW_FLAT", "IVF_HNSW_PQ", "IVF_HNSW_SQ"]
DIMENSION = 8


def rows(start, end, seed):
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((end - start) * DIMENSION).astype(np.float32)
    mask = pa.array([i % 13 == 5 for i in range(start, end)])
    return pa.table(
        {
            "id": pa.array(range(start, end), pa.int64()),
            "vec": pa.FixedSizeListArray.from_arrays(pa.array(vectors), DIMENSION, mask=mask),
        }
    )


def partitions(dataset):
    """The row ids of each partition, of all parts."""
    stats = dataset.stats.index_stats("vec_idx")
    count = stats["indices"][0]["num_partitions"]
    reader = VectorIndexReader(dataset, "vec_idx")
    return [
        reader.read_partition(p, with_vector=False)["_rowid"].to_pylist() for p in range(count)
    ]


def make(kind, stable):
    name = f"{kind.lower()}{'_stable' if stable else ''}"
    path = f"{name}.lance"
    shutil.rmtree(path, ignore_errors=True)
    dataset = lance.write_dataset(
        rows(0, 280, 1), path, max_rows_per_file=120, enable_stable_row_ids=stable
    )
    # With few rows, pylance makes one partition of a PQ index, whatever it is asked for.
    centroids = np.random.default_rng(3).standard_normal((4, DIMENSION)).astype(np.float32)
    quantized = {"num_sub_vectors": 2, "ivf_centroids": centroids} if "PQ" in kind else {}
    metric = "cosine" if kind == "IVF_HNSW_FLAT" else "l2"
    dataset.create_index("vec", kind, num_partitions=4, metric=metric, **quantized)
    dataset = lance.write_dataset(rows(280, 330, 2), path, mode="append")
    dataset.optimize.optimize_indices(num_indices_to_merge=0)  # a second part
    dataset.delete("id BETWEEN 40 AND 60")
    dataset = lance.dataset(path)
    dataset.cleanup_old_versions(timedelta(0))
    shutil.rmtree(f"{path}/_transactions")
    live = dataset.to_table(columns=["id"], with_row_id=True)
    return name, {
        "kind": kind,
        "metric": metric,
        "partitions": partitions(dataset),
        "live": dict(zip(map(str, live["_rowid"].to_pylist()), live["id"].to_pylist())),
    }


STABLE = {"IVF_HNSW_FLAT", "IVF_PQ"}
expected = dict(
    make(kind, stable)
    for kind in KINDS
    for stable in (False, True)
    if not stable or kind in STABLE
)
with open("partitions.json", "w") as out:
    json.dump({"pylance": lance.__version__, "tables": expected}, out)
