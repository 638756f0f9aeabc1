"""A lazy, ordered stream of reports that one bad article does not end."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from queue import SimpleQueue
from typing import Any

from viet_report_ie.batch.checks import MAX_CHARACTERS, Problem, read_published, text_problem
from viet_report_ie.batch.child import FINISHED, Started
from viet_report_ie.batch.errors import ExtractionError
from viet_report_ie.batch.worker import TaskFailed, Worker, WorkerLost
from viet_report_ie.pipeline import extract
from viet_report_ie.report import Report

__all__ = ["ATTEMPTS", "default_processes", "extract_many", "read_one", "warm_up"]

ATTEMPTS = 3
"""How often a process may die on one article before the article is to blame."""

_WAITING = 4  # articles in hand a process: enough to bridge an uneven mix, few enough to stay flat


def extract_many(
    articles: Iterable[str | Mapping[str, Any]],
    *,
    processes: int | None = None,
    timeout: float = 60.0,
    max_characters: int = MAX_CHARACTERS,
) -> Iterator[Report | ExtractionError]:
    """Read many articles in several processes.

    Parameters
    ----------
    articles : iterable of str or mapping
        Texts, or mappings with ``text`` and, if known, ``id`` and ``published`` (a date or an ISO string).
        It is read only a few articles ahead, so it may be a generator over any number of them.
    processes : int, optional
        How many to start; by default one for each core that this process may use.
    timeout : float, optional
        Seconds that one article may take; a process that takes longer is killed and replaced.
    max_characters : int, optional
        A longer text is refused.

    Yields
    ------
    Report or ExtractionError
        One for each article, in their order; memory does not grow with their number.

    Raises
    ------
    ValueError
        If `processes`, `timeout` or `max_characters` is not positive.

    Examples
    --------
    >>> texts = ["Năm 2020, tỉnh thu hút 9,6 tỷ USD.", "  ", {"id": "b", "text": "Xã có 120 học sinh."}]
    >>> for item in extract_many(texts, processes=1):
    ...     print(item.kind if isinstance(item, ExtractionError) else item.measurements[0].quantity.text)
    9,6 tỷ USD
    empty
    120 học sinh
    """
    processes = default_processes() if processes is None else processes
    for name, value in (("processes", processes), ("timeout", timeout), ("max_characters", max_characters)):
        if value <= 0:
            raise ValueError(f"{name}: got {value}, want a positive number")
    return _stream(articles, processes, timeout, max_characters)


def default_processes() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stream(
    articles: Iterable[str | Mapping[str, Any]], processes: int, timeout: float, max_characters: int
) -> Iterator[Report | ExtractionError]:
    workers = [Worker(f"{__name__}:read_one", timeout) for _ in range(processes)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)
    read = partial(_read, idle, timeout, max_characters)
    threads = ThreadPoolExecutor(processes, thread_name_prefix="extract_many")
    waiting: deque[Future[Report | ExtractionError]] = deque()
    try:
        for position, article in enumerate(articles):
            waiting.append(threads.submit(read, position, article))
            if len(waiting) > _WAITING * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for worker in workers:
            worker.close()
        threads.shutdown(cancel_futures=True)


def _read(
    idle: SimpleQueue[Worker], timeout: float, max_characters: int, position: int, article: object
) -> Report | ExtractionError:
    given = article if isinstance(article, Mapping) else {"text": article}
    text, id = given.get("text"), given.get("id")
    name = None if id is None else str(id)
    published, note = read_published(given.get("published"))
    problem = text_problem(text, max_characters) or (Problem("failed", note) if note else None)
    if problem is None:
        worker = idle.get()
        try:
            answer = _attempt(worker, (text, published, name), timeout)
        finally:
            idle.put(worker)
        if not isinstance(answer, Problem):
            return Report.model_validate(answer)
        problem = answer
    return ExtractionError(name, position, problem.kind, problem.reason)


def _attempt(worker: Worker, request: object, timeout: float) -> dict[str, Any] | Problem:
    lost: WorkerLost | None = None
    for _ in range(ATTEMPTS):
        try:
            *_, answer = worker.run(request)
            return answer  # type: ignore[no-any-return]
        except WorkerLost as error:
            lost = error
            if error.timed_out:
                return Problem("timeout", f"not finished after {timeout:g} s")
        except TaskFailed as error:
            return Problem("failed", str(error))
    return Problem("crashed", f"the process died {ATTEMPTS} times, exit code {lost and lost.exit_code}")


def warm_up() -> None:
    """Load the models, so that no article pays for it; raise if they cannot be loaded."""
    extract("Năm 2020, Chủ tịch UBND tỉnh Nghệ An Trần Văn Bình thăm 120 hộ theo Nghị quyết số 45-NQ/TW.")


def read_one(request: tuple[str, date | None, str | None]) -> Iterator[object]:
    """Task: read one article; the report travels as plain values, which keeps its decimals exact."""
    text, published, id = request
    yield Started(0)
    report = extract(text, published=published, id=id)
    yield FINISHED
    yield report.model_dump()
