"""The task of a worker in a batch: read the articles of one part and write its tables."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from viet_report_ie.batch.child import FINISHED, Started
from viet_report_ie.batch.many import warm_up
from viet_report_ie.batch.plan import Part, fingerprint
from viet_report_ie.batch.records import Layout, Record, read_records
from viet_report_ie.batch.tables import error_row, report_rows, versions
from viet_report_ie.batch.writer import PartWriter, write_whole
from viet_report_ie.pipeline import extract

__all__ = ["Job", "PartDone", "read_part", "warm_up"]


@dataclass(frozen=True)
class Job:
    """What all parts of a run share.

    Attributes
    ----------
    out : str
        The folder of the dataset.
    layout : Layout
        Where articles stand in their files.
    tables : tuple of str
        The tables to write.
    format : str
        ``parquet`` or ``jsonl``.
    with_text : bool
        Keep the texts in the table of articles.
    timeout : float
        Seconds that one article may take.
    versions : tuple of str
        Of package, schema and models, which every worker must have.
    """

    out: str
    layout: Layout
    tables: tuple[str, ...]
    format: str
    with_text: bool
    timeout: float
    versions: tuple[str, str, str]

    @property
    def state(self) -> Path:
        """The folder of what a run needs to be continued."""
        return Path(self.out, "_batch")

    def to_json(self) -> str:
        """Return what `from_json` reads: the form in which a job travels to other machines."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: str) -> Job:
        """Build a job from what `to_json` returned."""
        values = json.loads(data)
        lists = {name: tuple(values[name]) for name in ("tables", "versions")}
        return cls(**{**values, **lists, "layout": Layout(**values["layout"])})


@dataclass
class PartDone:
    """What is known of a finished part; its file is the sign that the part is finished.

    Attributes
    ----------
    name : str
        The name of the part.
    articles : int
        How many articles it holds: `reports` and `errors` (by kind) together.
    missing_ids : int
        Articles that are known by their content.
    rows, sizes : dict
        Rows of each table, bytes of each file.
    peak_memory : int
        The most bytes that the process which read it has held so far.
    """

    name: str
    articles: int
    reports: int = 0
    missing_ids: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    peak_memory: int = 0


class _Cursor:
    """An open file and how far it is read: the parts of one worker follow one another in it."""

    def __init__(self) -> None:
        self._key: tuple[str, Layout] | None = None
        self._records: Iterator[tuple[int, Record]] = iter(())
        self._next = 0

    def take(self, path: str, layout: Layout, start: int, stop: int) -> Iterator[Record]:
        """Yield the records of a range."""
        if self._key != (path, layout) or start < self._next:
            self._key, self._records = (path, layout), enumerate(read_records(path, layout))
            self._next = 0
        while self._next < stop:
            try:
                position, record = next(self._records)
            except StopIteration:
                raise _Changed(path) from None
            self._next = position + 1
            if position >= start:
                yield record


class _Changed(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} changed while it was read; run the same command again")


_cursor = _Cursor()


def read_part(request: tuple[Job, Part, dict[int, tuple[str, str]]]) -> Iterator[object]:
    """Task: read one part; yields its `PartDone`.

    The request holds the job, the part, and the articles of it that are to blame for a lost process, by their
    number in the part, with kind and reason.
    """
    job, part, blamed = request
    if job.versions != versions():
        raise RuntimeError(f"versions of the run {job.versions}, of this worker {versions()}")
    done = PartDone(part.name, part.articles)
    writer = PartWriter(Path(job.out), part.name, job.tables, job.format)
    try:
        yield from _read_articles(job, part, blamed, writer, done)
        done.sizes = writer.commit()
    except BaseException:
        global _cursor
        _cursor = _Cursor()
        writer.abort()
        raise
    done.rows, done.peak_memory = writer.counts, _peak_memory()
    write_whole(job.state / "done" / f"{part.name}.json", json.dumps(asdict(done)).encode())
    yield done


def _read_articles(
    job: Job, part: Part, blamed: dict[int, tuple[str, str]], writer: PartWriter, done: PartDone
) -> Iterator[object]:
    errors: Counter[str] = Counter()
    digests = []
    number = -1
    for path, ranges in part.files:
        for start, stop in ranges:
            for record in _cursor.take(path, job.layout, start, stop):
                number += 1
                digests.append(record.digest)
                fault = blamed.get(number)
                if record.problem:
                    fault = record.problem.kind, record.problem.reason
                elif number in part.repeats:
                    fault = "duplicate", f"same {'id' if record.id else 'content'} as {part.repeats[number]}"
                if fault is None:
                    yield Started(number)
                    try:
                        report = extract(record.text, published=record.published, id=record.name)
                        writer.add(report_rows(report, record, path, with_text=job.with_text))
                    except (OSError, MemoryError):
                        raise  # the machine's fault, not the article's
                    except Exception as error:
                        fault = "failed", f"{type(error).__name__}: {error}"
                    yield FINISHED
                if fault is not None:
                    errors[fault[0]] += 1
                    writer.add(error_row(record, path, *fault))
                else:
                    done.reports += 1
                    done.missing_ids += record.id is None
    done.errors = dict(sorted(errors.items()))
    if not part.name.endswith(fingerprint(digests, part.files, part.repeats)):
        raise _Changed(part.files[0][0])


def _peak_memory() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
