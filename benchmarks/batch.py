"""Articles per second of a batch with one and two processes, against a plain loop over `extract`; its memory.

Run ``python -m benchmarks.batch FILE.jsonl[.gz] [--articles 2000] [--growth 14000]``. Each contestant is a
command of its own, timed from the start of Python to its end, with the loading of models and engine. They
read the articles in blocks, in turn, so that a machine whose load drifts treats all alike; beside the wall
time stands that on the CPU, which the load of others changes less. Memory is the peak of the largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from viet_report_ie.corpus.gold import read_jsonl

LOOP = """
import sys
from pathlib import Path
from viet_report_ie import extract
from viet_report_ie.corpus.gold import read_jsonl
for article in read_jsonl(Path(sys.argv[1])):
    extract(article["text"], id=article["id"])
"""
MANY = """
import sys
from pathlib import Path
from viet_report_ie import extract_many
from viet_report_ie.corpus.gold import read_jsonl
for report in extract_many(read_jsonl(Path(sys.argv[1])), processes=int(sys.argv[2])):
    pass
"""
CONTESTANTS = ("plain loop", "batch 1", "batch 2", "extract_many 1", "extract_many 2")
BATCH = "from viet_report_ie.cli import main; main()"


@dataclass
class Cost:
    """What a contestant has used so far."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0


def main() -> None:
    """Parse the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--blocks", type=int, default=2, help="in how many pieces they are read, in turn")
    parser.add_argument("--contestants", nargs="+", choices=CONTESTANTS, default=CONTESTANTS)
    parser.add_argument("--growth", type=int, help="also run two processes over so many, for their memory")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _compare(arguments.file, arguments.contestants, arguments.articles, arguments.blocks, Path(folder))
        if arguments.growth:
            _grow(arguments.file, arguments.growth, Path(folder))


def _compare(file: Path, names: Sequence[str], articles: int, blocks: int, folder: Path) -> None:
    costs = {name: Cost() for name in names}
    size = articles // blocks
    loads = []
    for block in range(blocks):
        part = _cut(file, block * size, size, folder / f"{block}.jsonl")
        for name, cost in costs.items():
            loads.append(os.getloadavg()[0])
            kind, _, processes = name.rpartition(" ")
            if kind == "batch":
                _batch(cost, part, folder / f"{block}-{processes}", int(processes))
            else:
                script = LOOP if kind == "plain" else MANY
                _run(cost, [sys.executable, "-c", script, str(part), processes])
    total = size * blocks
    span = f"{min(loads):.1f} to {max(loads):.1f}"
    print(f"{total:,} articles in {blocks} blocks; {os.cpu_count()} cores; load before each run {span}")
    loop = costs[names[0]]
    rows = [("", "articles/s", "wall s", "CPU s", "wall/first", "CPU/first", "speed-up", "MB")]
    for name, cost in costs.items():
        one = costs.get(name.replace(" 2", " 1"), loop)
        figures = (total / cost.wall, cost.wall, cost.cpu)
        ratios = (cost.wall / loop.wall, cost.cpu / loop.cpu, one.wall / cost.wall)
        rows.append(
            (name, *(f"{x:.1f}" for x in figures), *(f"{x:.2f}" for x in ratios), f"{cost.peak / 1e6:.0f}")
        )
    for name, *cells in rows:
        print(f"{name:16}" + "".join(f"{cell:>12}" for cell in cells))


def _grow(file: Path, articles: int, folder: Path) -> None:
    cost = Cost()
    count = _batch(cost, _cut(file, 0, articles, folder / "all.jsonl"), folder / "all", 2)
    print(
        f"{count:,} articles, batch 2: {count / cost.wall:.1f} articles/s, {cost.peak / 1e6:.0f} MB at most"
    )


def _cut(file: Path, start: int, count: int, path: Path) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for item in islice(read_jsonl(file), start, start + count):
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return path


def _batch(cost: Cost, source: Path, out: Path, processes: int) -> int:
    command = ["batch", str(source), "--out", str(out), "--processes", str(processes)]
    _run(cost, [sys.executable, "-c", BATCH, *command])
    summary = json.loads((out / "summary.json").read_bytes())
    return int(summary["articles"])


def _run(cost: Cost, command: Sequence[str]) -> None:
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:2]} ended with {status}")
    cost.wall += time.perf_counter() - start
    # Of the command and of the workers that it waited for.
    cost.cpu += usage.ru_utime + usage.ru_stime
    cost.peak = max(cost.peak, usage.ru_maxrss * 1024)


if __name__ == "__main__":
    main()
