"""A run: plan, take up what is finished, read the rest, and say what came of it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from viet_report_ie.batch.engine import STOPPED, close_workers, read_parts, stop_file, use_ray
from viet_report_ie.batch.many import default_processes
from viet_report_ie.batch.parts import Job, PartDone
from viet_report_ie.batch.plan import Part, make_parts, part_size, scan
from viet_report_ie.batch.records import Layout
from viet_report_ie.batch.sources import common_root, find_files
from viet_report_ie.batch.tables import TABLES, versions
from viet_report_ie.batch.writer import write_whole

__all__ = ["Interrupted", "Settings", "Summary", "run_batch"]

ALWAYS = ("errors", "articles")
"""The tables that are written whatever is asked for: together they hold each article once."""


class Interrupted(Exception):
    """The run stopped before its end; the same command continues it."""


@dataclass(frozen=True)
class Settings:
    """What decides what a run gives; a run is continued with the same ones.

    Attributes
    ----------
    sources : tuple of str
        Files, folders, globs or URLs.
    layout : Layout
        Where articles stand in their files.
    tables : tuple of str
        The tables to write beside ``articles`` and ``errors``.
    format : str
        ``parquet`` or ``jsonl``.
    limit : int or None
        Read the first so many articles only.
    sample : float
        Read this share of the articles only.
    with_text : bool
        Keep the texts in the table of articles.
    part_size : int or None
        Articles a part; by default it depends on their number.
    """

    sources: tuple[str, ...]
    layout: Layout = field(default_factory=Layout)
    tables: tuple[str, ...] = tuple(TABLES)
    format: str = "parquet"
    limit: int | None = None
    sample: float = 1.0
    with_text: bool = False
    part_size: int | None = None


@dataclass
class Summary:
    """What a finished run holds; `seconds` and `read_now` are of the last command."""

    articles: int = 0
    reports: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    missing_ids: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    parts: int = 0
    read_now: int = 0
    seconds: float = 0.0
    peak_memory: int = 0


def run_batch(
    settings: Settings,
    out: Path,
    *,
    processes: int | None = None,
    timeout: float = 60.0,
    runner: str = "native",
    address: str | None = None,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> Summary:
    """Read all articles of the sources into tables under `out`, or finish what an earlier run began.

    Parameters
    ----------
    settings : Settings
        What to read and to write.
    out : pathlib.Path
        A folder of its own; on a cluster one that all machines share.
    processes : int, optional
        Workers; by default one for each core of the machine or of the cluster.
    timeout : float
        Seconds that one article may take.
    runner : str
        ``native`` or ``ray``.
    address : str, optional
        Of the Ray cluster; by default Ray is started on this machine and stopped at the end.
    watch : callable
        Called with the number of articles that are done and of all, about twice a second.

    Raises
    ------
    ValueError
        If a source has no files, or `out` holds something else than an earlier run of the same settings.
    Interrupted
        If the run could not be finished.
    """
    begun = time.monotonic()
    out = out.absolute()
    files = find_files(settings.sources, without=out)
    layout = replace(settings.layout, root=common_root(files))
    state = out / "_batch"
    for folder in (*(out / table for table in _tables(settings)), state / "done", state / "work"):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(state / "lock"):
        found = scan(files, layout, limit=settings.limit, sample=settings.sample)
        size = _claim(out, settings, len(found))
        parts = list(make_parts(found, size))
        tables = _tables(settings)
        job = Job(str(out), layout, tables, settings.format, settings.with_text, timeout, versions())
        stop_file(job).unlink(missing_ok=True)
        finished = _finished(job, parts)
        pending = [part for part in parts if part.name not in finished]
        if pending:
            _read(job, pending, processes, runner, address, lambda: watch(_progress(job, parts), len(found)))
            finished = _finished(job, parts)
        summary = _summarize(finished.values())
        summary.read_now = sum(part.articles for part in pending)
        summary.seconds = round(time.monotonic() - begun, 3)
        _write_log(job, parts)
        write_whole(out / "summary.json", json.dumps(asdict(summary), indent=2).encode() + b"\n")
    return summary


def _tables(settings: Settings) -> tuple[str, ...]:
    return tuple(table for table in TABLES if table in settings.tables or table in ALWAYS)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # The lock of a killed process goes with it. Windows has no fcntl: two runs at once are not noticed there.
    with open(path, "w") as handle:
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ValueError(f"{path.parent.parent}: another run is writing there") from None
        yield


def _claim(out: Path, settings: Settings, articles: int) -> int:
    """Check that `out` is ours, or make it ours; return the size of the parts."""
    path = out / "_batch" / "run.json"
    local = [source if "://" in source else os.path.abspath(source) for source in settings.sources]
    wanted: dict[str, Any] = {**asdict(settings), "sources": local, "versions": versions()}
    wanted = json.loads(json.dumps(wanted))
    size = wanted.pop("part_size")
    if not path.exists():
        if any(any(folder.iterdir()) for folder in out.iterdir() if folder.name in TABLES):
            raise ValueError(f"{out}: holds tables of another origin; choose another folder")
        size = size or part_size(articles)
        write_whole(path, json.dumps({**wanted, "part_size": size}, indent=2).encode() + b"\n")
        return int(size)
    begun = json.loads(path.read_bytes())
    wanted["part_size"] = size or begun["part_size"]
    changed = [name for name in wanted if wanted[name] != begun.get(name)]
    if changed:
        told = "; ".join(f"{name} was {begun.get(name)}, is {wanted[name]}" for name in changed)
        raise ValueError(f"{out}: begun with other settings ({told}); choose another folder")
    return int(begun["part_size"])


def _finished(job: Job, parts: list[Part]) -> dict[str, PartDone]:
    """Return the parts of the plan that are whole, and remove everything else from the tables."""
    wanted = {part.name for part in parts}
    finished = {}
    kept = set()
    for path in (job.state / "done").iterdir():
        if path.suffix == ".json" and path.stem in wanted:
            done = PartDone(**json.loads(path.read_bytes()))
            files = {Path(job.out, name): size for name, size in done.sizes.items()}
            if all(file.is_file() and file.stat().st_size == size for file, size in files.items()):
                finished[done.name] = done
                kept |= {path, *files}
    folders = [Path(job.out, table) for table in job.tables]
    for folder in (*folders, job.state / "done", job.state / "work"):
        for path in folder.iterdir():
            if path not in kept:
                path.unlink(missing_ok=True)
    return finished


def _read(
    job: Job,
    parts: list[Part],
    processes: int | None,
    runner: str,
    address: str | None,
    tick: Callable[[], None],
) -> None:
    workers = use_ray(address, processes) if runner == "ray" else processes or default_processes()
    failures: list[str] = []

    def work() -> None:
        try:
            failures.extend(read_parts(job, parts, min(workers, len(parts)), on_ray=runner == "ray"))
        except Exception as error:
            failures.append(f"{type(error).__name__}: {error}")

    # In a thread of its own, so that this one can show the progress and take an interrupt from the keyboard.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.5)
            tick()
    except KeyboardInterrupt:
        stop_file(job).touch()
        close_workers()
        raise Interrupted("interrupted") from None
    finally:
        if runner == "ray":
            import ray

            ray.shutdown()
    if failures:
        causes = [failure for failure in failures if failure != STOPPED]
        raise Interrupted("; ".join(causes or failures))


def _progress(job: Job, parts: list[Part]) -> int:
    """Return how many articles are done, those of unfinished parts among them."""
    done = {path.stem for path in (job.state / "done").iterdir()}
    total = sum(part.articles for part in parts if part.name in done)
    for path in (job.state / "work").iterdir():
        if path.stem not in done:
            with suppress(OSError, ValueError):
                total += int(path.read_text())
    return total


def _summarize(finished: Any) -> Summary:
    summary = Summary()
    errors: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for done in finished:
        summary.articles += done.articles
        summary.reports += done.reports
        summary.missing_ids += done.missing_ids
        summary.parts += 1
        summary.peak_memory = max(summary.peak_memory, done.peak_memory)
        errors.update(done.errors)
        rows.update(done.rows)
    summary.errors, summary.rows = dict(sorted(errors.items())), dict(sorted(rows.items()))
    return summary


def _write_log(job: Job, parts: list[Part]) -> None:
    """Write the errors as lines that an editor can jump along."""
    lines = []
    for part in parts:
        path = Path(job.out, "errors", f"{part.name}.{job.format}")
        for row in _rows(path):
            name = f" (id {row['article']})" if row["article"] is not None else ""
            lines.append(f"{row['file']}:{row['line']}: {row['kind']}{name}: {row['reason']}\n")
    write_whole(Path(job.out, "errors.log"), "".join(lines).encode())


def _rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return rows
