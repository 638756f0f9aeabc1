"""The other side of `worker`: a process that serves requests from its standard input until that ends.

Each request is given to a task, a generator function; what it yields goes back as it comes. A task brackets
each piece of work that the time limit is for with `Started` and `FINISHED`. The `warm_up` of its module, if
there is one, loads what it needs before the first request.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import struct
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import IO, Any

__all__ = ["DONE", "FINISHED", "READY", "Failed", "Started", "main", "receive", "send"]

READY, FINISHED, DONE = "ready", "finished", "done"
_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True)
class Started:
    """The piece of work named `key` begins: the clock runs."""

    key: int


@dataclass(frozen=True)
class Failed:
    """The task raised."""

    kind: str
    reason: str


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raise EOFError when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        data = stream.read(length)
        if len(data) == length:
            return pickle.loads(data)
    raise EOFError


def main() -> None:
    """Serve the task that the first argument names as ``module:function``."""
    # What a library prints must not mix with the messages.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    module, _, name = sys.argv[1].partition(":")
    tasks = importlib.import_module(module)
    task: Callable[[Any], Iterable[object]] = getattr(tasks, name)
    getattr(tasks, "warm_up", bool)()
    # The models stay: the collector need not look through them again, nor after every 700 objects.
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    send(replies, READY)
    while True:
        request = requests.get()
        try:
            for message in task(request):
                send(replies, message)
        except BrokenPipeError:
            os._exit(1)
        except Exception as error:
            send(replies, Failed(type(error).__name__, str(error)))
        send(replies, DONE)


def _listen(requests: SimpleQueue[Any]) -> None:
    # Its own thread, so that a process whose parent was killed ends at once, whatever it is busy with.
    requests_in = os.fdopen(os.dup(0), "rb")
    while True:
        try:
            requests.put(receive(requests_in))
        except EOFError:
            os._exit(1)


if __name__ == "__main__":
    main()
