"""A run that is killed again and again ends with the same rows as one that is not, none twice.

The runs are forked from a process that has loaded everything, so that a kill costs little. Half of them die
after a random time, half after a random number of files has come and gone, in the midst of the writing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.batch.samples import read_tables, short_articles, write_jsonl
from viet_report_ie.batch.run import Settings, run_batch
from viet_report_ie.batch.tables import TABLES

KILLS = 12
PARTS = 15

SCRIPT = """
import json, os, random, signal, sys, time
from pathlib import Path
from viet_report_ie.batch.many import warm_up
from viet_report_ie.batch.run import Settings, run_batch
import daft, pyarrow.parquet, viet_report_ie.batch.parts

source, out, kills = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
chance = random.Random(7)

def files():
    return {path for path in out.glob("*/*") if path.parent.name != "_batch"}

def workers(run):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = stat.read_text().split(" ", 1)
        except OSError:
            continue
        if int(rest.rpartition(")")[2].split()[1]) == run:
            found.append(int(pid))
    return found

killed = {"run": 0, "worker": 0}
for turn in range(kills):
    run = os.fork()
    if run == 0:
        run_batch(Settings((source,), part_size=4), out, processes=1)
        os._exit(0)
    target, delay, seen = chance.randint(1, 30), chance.uniform(0.1, 4.0), set()
    begun, before, victim = time.monotonic(), files(), run
    if turn % 4 == 3:  # a worker first, then the run
        while time.monotonic() - begun < 20 and not workers(run):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 2))
        for worker in workers(run)[:1]:
            os.kill(worker, signal.SIGKILL)
            killed["worker"] += 1
    while time.monotonic() - begun < 40:
        if turn % 2 and time.monotonic() - begun > delay:
            break
        seen |= files() ^ before
        if not turn % 2 and len(seen) >= target:
            break
        if os.waitpid(run, os.WNOHANG)[0]:
            run = 0
            break
        time.sleep(0.001)
    if run:
        os.kill(run, signal.SIGKILL)
        _, status = os.waitpid(run, 0)
        killed["run"] += os.WIFSIGNALED(status)
    print(json.dumps(sorted(str(path) for path in files())), flush=True)
print(json.dumps(killed))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers in /proc")
def test_killed_runs_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    articles = short_articles(4 * PARTS - 2)
    source = write_jsonl(tmp_path / "a.jsonl", articles)
    with source.open("a", encoding="utf-8") as more:
        more.write('{"id": "bad"\n{"id": "tin-0001", "text": "Xã có 12 hộ."}\n')
    out, calm = tmp_path / "out", tmp_path / "calm"
    command = [sys.executable, "-c", SCRIPT, str(source), str(out), str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    *states, killed = map(json.loads, done.stdout.splitlines())
    assert killed["run"] >= 10
    for path in (Path(path) for state in states for path in state):
        if path.exists() and not path.name.startswith("."):
            assert pq.ParquetFile(path).metadata.num_rows >= 0  # what can be seen is whole
    settings = Settings((str(source),), part_size=4)
    resumed = run_batch(settings, out, processes=1)
    whole = run_batch(settings, calm, processes=1)
    assert (resumed.articles, resumed.parts) == (whole.articles, whole.parts) == (len(articles) + 2, PARTS)
    assert read_tables(out) == read_tables(calm)
    assert {path.relative_to(out) for path in out.glob("*/*") if path.parent.name in TABLES} == {
        path.relative_to(calm) for path in calm.glob("*/*") if path.parent.name in TABLES
    }
