"""A guarded process: its limit holds in compiled code, its death is told, the next call gets a new one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from viet_report_ie.batch.child import Started
from viet_report_ie.batch.worker import TaskFailed, Worker, WorkerBroken, WorkerLost

Make = Callable[[str, float], Worker]


@pytest.fixture
def make() -> Iterator[Make]:
    workers: list[Worker] = []

    def start(task: str, timeout: float) -> Worker:
        workers.append(Worker(f"tests.batch.tasks:{task}", timeout))
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


def test_requests_are_answered_by_one_process(make: Make) -> None:
    worker = make("echo", 60)
    assert list(worker.run({"a": "\ud800"})) == [Started(0), {"a": "\ud800"}]
    first = worker.pid
    assert list(worker.run(7)) == [Started(0), 7]
    assert worker.pid == first


def test_a_process_that_hangs_in_compiled_code_is_killed_and_replaced(make: Make) -> None:
    worker = make("hang", 0.3)
    for key in (5, 6):
        answers = worker.run(key)
        assert next(answers) == Started(key)
        begun = time.monotonic()
        with pytest.raises(WorkerLost) as lost:
            next(answers)
        assert (lost.value.key, lost.value.timed_out) == (key, True)
        assert time.monotonic() - begun > 0.2
        assert worker.pid is None


def test_a_death_names_the_article_and_is_no_timeout(make: Make) -> None:
    with pytest.raises(WorkerLost) as lost:
        list(make("die", 60).run(4))
    assert (lost.value.key, lost.value.timed_out, lost.value.exit_code) == (4, False, -9)


def test_the_next_call_gets_a_new_process(make: Make, tmp_path: Path) -> None:
    worker = make("die_once", 60)
    marker = str(tmp_path / "marker")
    with pytest.raises(WorkerLost):
        list(worker.run(marker))
    assert list(worker.run(marker))[-1] == "alive"


def test_a_task_that_raises_costs_no_process(make: Make) -> None:
    worker = make("fail", 60)
    for _ in range(2):
        with pytest.raises(TaskFailed, match="KeyError: 'x'"):
            list(worker.run("x"))
    assert worker.pid is not None


def test_a_task_that_cannot_be_loaded_is_no_article_s_fault(make: Make) -> None:
    with pytest.raises(WorkerBroken):
        list(make("no_such_task", 60).run(1))


def test_closing_kills_the_process(make: Make) -> None:
    worker = make("hang", 60)
    answers = worker.run(0)
    next(answers)
    pid = worker.pid
    assert pid is not None
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(WorkerLost):
        next(answers)
