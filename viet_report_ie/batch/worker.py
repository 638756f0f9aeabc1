"""A process that does tasks under a time limit which holds in any code, compiled code too: it is killed.

`multiprocessing` is not used: its processes need an importable ``__main__`` or a fork, neither of which
a notebook, a daemonic process or an engine with threads of its own can give.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from viet_report_ie.batch.child import DONE, FINISHED, Failed, Started, receive, send

__all__ = ["TaskFailed", "Worker", "WorkerBroken", "WorkerLost"]


class WorkerLost(Exception):
    """The process is gone; `key` is the piece of work that it was at, if any."""

    def __init__(self, key: int | None, *, timed_out: bool, exit_code: int | None) -> None:
        super().__init__(key, timed_out, exit_code)
        self.key = key
        self.timed_out = timed_out
        self.exit_code = exit_code


class TaskFailed(Exception):
    """The task raised."""


class WorkerBroken(RuntimeError):
    """No process can be started, or it cannot load what it needs."""


class Worker:
    """One process, started when first needed and again after it was lost.

    Parameters
    ----------
    task : str
        ``module:function`` of a generator function that a request is given to, see `child`.
    timeout : float
        Seconds that one piece of work may take.
    """

    def __init__(self, task: str, timeout: float) -> None:
        self._task = task
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The id of the process, if there is one."""
        return None if self._process is None else self._process.pid

    def run(self, request: object) -> Iterator[Any]:
        """Yield what the task yields for a request, `Started` among it.

        Raises
        ------
        WorkerLost
            If the process died or was killed for taking too long; the next call starts a new one.
        TaskFailed
            If the task raised.
        WorkerBroken
            If no process could be started.
        """
        key: int | None = None
        failed: Failed | None = None
        try:
            process = self._start()
            requests, replies = _pipes(process)
            send(requests, request)
            while (message := receive(replies)) != DONE:
                if isinstance(message, Started):
                    key, self._deadline = message.key, time.monotonic() + self._timeout
                    yield message
                elif message == FINISHED:
                    key, self._deadline = None, None
                elif isinstance(message, Failed):
                    failed = message
                else:
                    yield message
        except (EOFError, BrokenPipeError):
            timed_out = self._deadline is not None and time.monotonic() >= self._deadline
            code = self._stop()
            raise WorkerLost(key, timed_out=timed_out and not self._closed, exit_code=code) from None
        except GeneratorExit:
            self._stop()
            raise
        if failed:
            raise TaskFailed(f"{failed.kind}: {failed.reason}")

    def close(self) -> None:
        """Kill the process, also while another thread waits for it; no new one is started."""
        with self._lock:
            self._closed, process = True, self._process
        if process is not None:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EOFError
            if self._process is not None:
                return self._process
            path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
            self._process = process = subprocess.Popen(
                [sys.executable, "-c", "from viet_report_ie.batch.child import main; main()", self._task],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
            )
        try:
            receive(_pipes(process)[1])  # says READY
        except EOFError:
            code = self._stop()
            if self._closed:
                raise
            raise WorkerBroken(f"a worker ended before it was ready, exit code {code}") from None
        threading.Thread(target=self._watch, args=(process,), daemon=True).start()
        return process

    def _stop(self) -> int | None:
        with self._lock:
            process, self._process, self._deadline = self._process, None, None
        if process is None:
            return None
        process.kill()
        for pipe in _pipes(process):
            with suppress(BrokenPipeError):  # the request that it did not take
                pipe.close()
        return process.wait()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            deadline = self._deadline
            left = self._timeout if deadline is None else deadline - time.monotonic()
            if left <= 0:
                process.kill()
                return
            # A deadline that is set while this sleeps lies at least as far ahead as the sleep ends.
            time.sleep(min(left, 1.0))


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
