"""`thongbao run --engine ray` on a cluster of two nodes of this machine, one of which is killed in the middle.

    python -m benchmarks.batch_ray [--files 40]

Real Ray: two node processes with workers of their own. Fails unless the documents are byte-identical with those of a
local run, and unless the node had been at work when it was killed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch_kill import COMMAND, compare, documents, make_files


def begin(source: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "RAY_ADDRESS": address}
    command = [*COMMAND, "run", str(source), "--out", str(out), "--engine", "ray", "--quiet"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def main() -> int:
    from ray.cluster_utils import Cluster

    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=40)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        make_files(work / "in", files, seed=2)
        began = time.monotonic()
        subprocess.run([*COMMAND, "run", str(work / "in"), "--out", str(work / "local"), "--quiet"], check=True)
        print(f"local: {files} files in {time.monotonic() - began:.0f} s", flush=True)
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 200_000_000})
        second = cluster.add_node(num_cpus=1, object_store_memory=200_000_000)
        cluster.wait_for_nodes()
        began = time.monotonic()
        process = begin(work / "in", work / "out", cluster.address)
        while process.poll() is None and len(list((work / "out").rglob("*.json"))) < files // 3:
            time.sleep(0.1)
        made = len(list((work / "out").rglob("*.json")))
        cluster.remove_node(second, allow_graceful=False)
        print(f"a node killed after {made} of {files} documents", flush=True)
        code = process.wait()
        told = process.stderr.read().decode()[-800:] if process.stderr else ""
        print(f"cluster: ended with {code} in {time.monotonic() - began:.0f} s {told}")
        cluster.shutdown()
        wrong = compare(work / "out", documents(work / "local"))
    for each in wrong:
        print(each)
    print("identical" if not wrong else f"{len(wrong)} differences")
    return 1 if wrong or code or not 0 < made < files else 0


if __name__ == "__main__":
    sys.exit(main())
