"""Tasks for a worker that misbehave as no article should."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

from viet_report_ie.batch.child import FINISHED, Started


def echo(request: object) -> Iterator[object]:
    yield Started(0)
    yield FINISHED
    print("what a library prints does not mix with the answers")
    yield request


def hang(key: int) -> Iterator[object]:
    """Hang in compiled code that holds the interpreter and heeds no signal."""
    yield Started(key)
    re.match("(a+)+$", "a" * 60 + "b")
    yield FINISHED


def die(key: int) -> Iterator[object]:
    yield Started(key)
    os.kill(os.getpid(), signal.SIGKILL)
    yield FINISHED


def die_once(marker: str) -> Iterator[object]:
    yield Started(3)
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield FINISHED
    yield "alive"


def fail(request: object) -> Iterator[object]:
    yield Started(0)
    raise KeyError(request)
