"""A run that is killed again and again ends with the same rows as one that is not, none twice.

Some runs die after a random time, most after a random number of files has come and gone, in the midst of the
writing; before one in three a worker is killed too.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.batch.samples import read_tables, short_articles, write_jsonl
from viet_report_ie.batch.run import Settings, run_batch
from viet_report_ie.batch.tables import TABLES

KILLS = 10
PARTS = 15
SCRIPT = """
import sys
from pathlib import Path
from viet_report_ie.batch.run import Settings, run_batch
run_batch(Settings((sys.argv[1],), part_size=4), Path(sys.argv[2]), processes=1)
"""


def files(out: Path) -> set[Path]:
    return {path for path in out.glob("*/*") if path.parent.name in TABLES}


def kill_worker(run: int) -> None:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = stat.read_text().split(" ", 1)
            if int(rest.rpartition(")")[2].split()[1]) == run:
                subprocess.run(["kill", "-9", pid], check=False)
        except OSError:
            continue


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers in /proc")
def test_killed_runs_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    articles = short_articles(4 * PARTS - 2)
    source = write_jsonl(tmp_path / "a.jsonl", articles)
    with source.open("a", encoding="utf-8") as more:
        more.write('{"id": "bad"\n{"id": "tin-0001", "text": "Xã có 12 hộ."}\n')
    out, calm = tmp_path / "out", tmp_path / "calm"
    chance = random.Random(7)
    killed, finished = 0, []
    while killed < KILLS:
        run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(source), str(out)])
        target = chance.randint(1, 22) if killed % 5 else None
        delay = chance.uniform(0, 3) if target is None else 60.0
        begun, before, seen = time.monotonic(), files(out), set[Path]()
        while (
            time.monotonic() - begun < delay and run.poll() is None and (target is None or len(seen) < target)
        ):
            seen |= files(out) ^ before
            time.sleep(0.001)
        if killed % 3 == 2:
            kill_worker(run.pid)
        run.send_signal(signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL, "finished before it was killed"
        killed += 1
        for path in files(out):
            if not path.name.startswith("."):
                assert pq.ParquetFile(path).metadata.num_rows >= 0  # what can be seen is whole
        finished.append(len(list((out / "_batch" / "done").glob("*.json"))))
    assert finished == sorted(finished)
    assert 0 < finished[-1] < PARTS
    settings = Settings((str(source),), part_size=4)
    resumed = run_batch(settings, out, processes=1)
    whole = run_batch(settings, calm, processes=1)
    assert 0 < resumed.read_now < resumed.articles
    assert (resumed.articles, resumed.parts) == (whole.articles, whole.parts) == (len(articles) + 2, PARTS)
    assert read_tables(out) == read_tables(calm)
    assert {path.relative_to(out) for path in files(out)} == {path.relative_to(calm) for path in files(calm)}
