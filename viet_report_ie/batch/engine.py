"""The engine: Daft shares out the parts of a run among workers, on one machine or on a Ray cluster.

A row of the plan is a part, not an article: a part is what becomes visible as a whole and what a later run
takes up.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from weakref import WeakSet

from viet_report_ie.batch.child import Started
from viet_report_ie.batch.many import ATTEMPTS
from viet_report_ie.batch.parts import Job
from viet_report_ie.batch.plan import Part
from viet_report_ie.batch.quiet import ENVIRONMENT, load_daft
from viet_report_ie.batch.worker import TaskFailed, Worker, WorkerLost

__all__ = ["STOPPED", "PartReader", "close_workers", "read_parts", "stop_file", "use_ray"]

STOPPED = "stopped"
"""What a reader answers for a part that it did not read because another one failed."""

_PROGRESS_EVERY = 0.5
_IDLE_DEATHS = 10  # of processes that were at no article: something outside kills them

_live: WeakSet[Worker] = WeakSet()


class PartReader:
    """Reads parts in guarded processes, each of which loads the models once.

    On one machine Daft calls one reader from several threads, so it holds all processes; on Ray each
    worker has a reader of its own, with one process.
    """

    def __init__(self, job: str, processes: int) -> None:
        self._job = Job.from_json(job)
        self._workers = [
            Worker("viet_report_ie.batch.parts:read_part", self._job.timeout) for _ in range(processes)
        ]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
            _live.add(worker)

    def __del__(self) -> None:
        for worker in self._workers:
            worker.close()

    def read(self, part: str) -> str:
        """Read one part; return what made it fail, if anything did."""
        stop = stop_file(self._job)
        if stop.exists():
            return STOPPED
        worker = self._idle.get()
        try:
            self._read(worker, Part.from_dict(json.loads(part)), stop)
        except Exception as error:
            with suppress(OSError):  # on a full disk the others find out for themselves
                stop.touch()
            return str(error)
        finally:
            self._idle.put(worker)
        return ""

    def read_rows(self, parts: Any) -> Any:
        """Read a column of parts, for Daft."""
        return load_daft().Series.from_pylist([self.read(part) for part in parts.to_pylist()])

    def _read(self, worker: Worker, part: Part, stop: Path) -> None:
        blamed: dict[int, tuple[str, str]] = {}
        deaths: Counter[int | None] = Counter()
        progress = self._job.state / "work" / f"{part.name}.progress"
        while not stop.exists():
            try:
                written = time.monotonic()
                # To the end of the answers: a worker that is left before is killed.
                for message in worker.run((self._job, part, blamed)):
                    if isinstance(message, Started) and time.monotonic() - written > _PROGRESS_EVERY:
                        written = time.monotonic()
                        with suppress(OSError):
                            progress.write_text(str(message.key))
                progress.unlink(missing_ok=True)
                return
            except WorkerLost as lost:
                deaths[lost.key] += 1
                if lost.key is None:
                    if deaths[None] >= _IDLE_DEATHS:
                        raise TaskFailed(f"processes keep dying, exit code {lost.exit_code}") from None
                elif lost.timed_out:
                    blamed[lost.key] = "timeout", f"not finished after {self._job.timeout:g} s"
                elif deaths[lost.key] >= ATTEMPTS:
                    reason = f"the process died {ATTEMPTS} times, exit code {lost.exit_code}"
                    blamed[lost.key] = "crashed", reason
        raise TaskFailed(STOPPED)


def read_parts(job: Job, parts: list[Part], processes: int, *, on_ray: bool = False) -> list[str]:
    """Read parts with so many processes; return what made parts fail."""
    daft = load_daft()
    # A batch of one, so that each worker takes the next part when it is free.
    method = daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)(PartReader.read_rows)
    rowwise = type("PartRows", (PartReader,), {"read_rows": method})
    if on_ray:
        reader = daft.cls(max_concurrency=processes)(rowwise)(job.to_json(), 1)
    else:
        # Threads: the work is done in processes of our own, which can be killed alone and end with this one.
        reader = daft.cls(use_process=False)(rowwise)(job.to_json(), processes)
    plan = daft.from_pydict({"part": [json.dumps(part.to_dict()) for part in parts]})
    answers = plan.select(reader.read_rows(daft.col("part")).alias("failure")).to_pydict()["failure"]
    return sorted({answer for answer in answers if answer})


def use_ray(address: str | None, processes: int | None) -> int:
    """Let Daft run on Ray, started here if there is no `address`; return the number of workers."""
    daft = load_daft()
    try:
        import ray
    except ImportError:
        raise ValueError("Ray is not installed: pip install 'viet_report_ie[cluster]'") from None
    quiet: dict[str, Any] = {
        "logging_level": "error",
        "log_to_driver": False,
        "runtime_env": {"env_vars": ENVIRONMENT},
    }
    if address is None:
        ray.init(num_cpus=processes, include_dashboard=False, **quiet)
    else:
        ray.init(address=address, **quiet)
    daft.set_runner_ray(noop_if_initialized=True)
    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return processes or int(resources.get("CPU", 1))


def close_workers() -> None:
    """Kill the worker processes that this process started."""
    for worker in list(_live):
        worker.close()


def stop_file(job: Job) -> Path:
    """Return the path of the file that tells all workers, on all machines, to begin no further part."""
    return job.state / "stop"
