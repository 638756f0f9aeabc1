"""The plan of a run: which articles make which part. The same sources always give the same plan.

A part is named by its number and by what is in it, so that a part which exists is known to be the right one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np

from viet_report_ie.batch.checks import encodable
from viet_report_ie.batch.records import Layout, Record, read_records

__all__ = ["Part", "Scan", "fingerprint", "make_parts", "part_size", "scan"]

_SMALLEST, _LARGEST, _PARTS = 250, 5_000, 64


@dataclass(frozen=True)
class Part:
    """Some hundreds or thousands of articles that are read, written and become visible together.

    Attributes
    ----------
    name : str
        ``part-00012-3f9a6c0d12ab``: its number and the head of its fingerprint.
    articles : int
        How many it holds, unreadable ones among them.
    files : list
        Path and ranges of records (from 0, half-open) of each file, in order.
    repeats : dict
        Articles (by their number in the part) that repeat an earlier one: ``path:line`` of the first.
    """

    name: str
    articles: int
    files: list[tuple[str, list[tuple[int, int]]]]
    repeats: dict[int, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Part:
        """Build a part from what `to_dict` returned and JSON carried."""
        files = [(path, [(start, stop) for start, stop in ranges]) for path, ranges in data["files"]]
        repeats = {int(number): first for number, first in data["repeats"].items()}
        return cls(data["name"], data["articles"], files, repeats)


class Scan:
    """What one look through the sources found: a few dozen bytes an article."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = list(files)
        self.file = array("q")
        self.position = array("q")
        self.line = array("q")
        self.digests = bytearray()
        self.keys = bytearray()

    def __len__(self) -> int:
        return len(self.position)

    def add(self, file: int, position: int, record: Record, key: bytes) -> None:
        """Note one record."""
        self.file.append(file)
        self.position.append(position)
        self.line.append(record.line)
        self.digests += record.digest
        self.keys += key

    def first_of_repeats(self) -> dict[int, int]:
        """Return, for each article that repeats an earlier one, the number of the first."""
        keys = np.frombuffer(bytes(self.keys), dtype=np.uint64).reshape(-1, 2)
        order = np.lexsort((keys[:, 1], keys[:, 0]))  # stable: equal keys stay in the order of the articles
        ordered = keys[order]
        same = (ordered[1:] == ordered[:-1]).all(axis=1)
        firsts: dict[int, int] = {}
        for index in np.flatnonzero(same):
            before, this = int(order[index]), int(order[index + 1])
            firsts[this] = firsts.get(before, before)
        return firsts


def scan(files: Sequence[str], layout: Layout, *, limit: int | None = None, sample: float = 1.0) -> Scan:
    """Look through the sources once.

    Parameters
    ----------
    files : sequence of str
        In the order that counts.
    layout : Layout
        Where articles stand in them.
    limit : int, optional
        Stop after so many.
    sample : float
        The share of the articles to take, chosen by their ids: the same ones each time.
    """
    found = Scan(files)
    for number, path in enumerate(files):
        for position, record in enumerate(read_records(path, layout)):
            if limit is not None and len(found) >= limit:
                return found
            key = _key(record, path)
            if sample >= 1.0 or int.from_bytes(key[:8], "big") < sample * 2**64:
                found.add(number, position, record, key)
    return found


def part_size(articles: int) -> int:
    """Return how many articles make a part: few enough to share out evenly, enough for files of some size.

    Examples
    --------
    >>> [part_size(articles) for articles in (2_000, 100_000, 10_000_000)]
    [250, 1563, 5000]
    """
    return min(_LARGEST, max(_SMALLEST, -(-articles // _PARTS)))


def make_parts(found: Scan, size: int) -> Iterator[Part]:
    """Yield the parts of a run, `size` articles each but the last."""
    firsts = found.first_of_repeats()
    for number, start in enumerate(range(0, len(found), size)):
        stop = min(start + size, len(found))
        files: list[tuple[str, list[tuple[int, int]]]] = []
        repeats = {}
        for index in range(start, stop):
            path, position = found.files[found.file[index]], found.position[index]
            if not files or files[-1][0] != path:
                files.append((path, []))
            ranges = files[-1][1]
            if ranges and ranges[-1][1] == position:
                ranges[-1] = (ranges[-1][0], position + 1)
            else:
                ranges.append((position, position + 1))
            if index in firsts:
                first = firsts[index]
                repeats[index - start] = encodable(f"{found.files[found.file[first]]}:{found.line[first]}")
        content = fingerprint([bytes(found.digests[16 * start : 16 * stop])], files, repeats)
        yield Part(f"part-{number:05}-{content}", stop - start, files, repeats)


def fingerprint(
    digests: Iterable[bytes], files: Sequence[tuple[str, list[tuple[int, int]]]], repeats: dict[int, str]
) -> str:
    """Return what stands for the content of a part."""
    hashed = blake2b(digest_size=6)
    for digest in digests:
        hashed.update(digest)
    places = [(path, [list(pair) for pair in ranges]) for path, ranges in files]
    hashed.update(repr((places, sorted(repeats.items()))).encode("utf-8", "surrogateescape"))
    return hashed.hexdigest()


def _key(record: Record, path: str) -> bytes:
    # What could not be read repeats nothing: it is known by its place.
    name = f"place:{path}\0{record.line}" if record.problem else f"name:{record.name}"
    return blake2b(name.encode("utf-8", "surrogateescape"), digest_size=16).digest()
