"""A linear-chain model as integers, and the search for its best labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.mentions.tagger_features import KINDS, REACH, Key, attributes

__all__ = ["SCALE", "Decoder", "Path"]

SCALE = 256
"""What a weight of one is as an integer: sums of integers are the same on every machine."""

FORBIDDEN = -(1 << 28)
"""The weight of a step that no sequence of labels may take."""

_LONGEST = 160
"""A longer sentence is cut, so that a text without full stops is still read many pieces at a time."""

Path = tuple[NDArray[np.int8], NDArray[np.int32]]
"""The best label of every token, and by how much it is better than the best path through another label."""

Ints = NDArray[np.int32]


class Decoder:
    """Weights of attributes, by kind, distance and label, and of steps from label to label.

    Parameters
    ----------
    labels
        ``O``, ``B-PERSON``, ``I-PERSON`` and so on.
    steps
        Weight of the step from the row's label to the column's.
    weights
        By kind: the attributes, in order, and for each the columns and the values of its weights; column
        ``(distance - first distance) * number of labels + label``.
    clusters
        See :func:`~viet_report_ie.mentions.tagger_features.attributes`.
    """

    def __init__(
        self,
        labels: Sequence[str],
        steps: Ints,
        weights: Mapping[str, tuple[Sequence[str], Ints, NDArray[np.uint8], NDArray[np.int16]]],
        clusters: Mapping[str, str],
    ) -> None:
        self.labels = tuple(labels)
        self.steps = steps
        self.weights = weights
        self.clusters = clusters
        self._numbers = {kind: {name: i for i, name in enumerate(weights[kind][0])} for kind in KINDS}
        self._rows = {kind: lru_cache(maxsize=1 << 13)(self._reader(kind)) for kind in KINDS}

    def _reader(self, kind: str) -> Any:
        low, high = REACH[kind]
        width = (high - low + 1) * len(self.labels)
        _, starts, columns, values = self.weights[kind]
        numbers = self._numbers[kind]

        def row(key: Key) -> Ints:
            total = np.zeros(width, dtype=np.int32)
            for attribute in attributes(kind, key, self.clusters):
                number = numbers.get(attribute)
                if number is not None:
                    span = slice(starts[number], starts[number + 1])
                    total[columns[span]] += values[span]
            return total

        return row

    def emissions(self, keys: Mapping[str, list[Key]], spans: Sequence[tuple[int, int]]) -> Ints:
        """Return the weight of every label at every token."""
        labels = len(self.labels)
        count = len(keys["word"])
        total = np.zeros((count, labels), dtype=np.int32)
        position = np.arange(count)
        first = np.zeros(count, dtype=np.int64)
        last = np.zeros(count, dtype=np.int64)
        for start, stop in spans:
            first[start:stop] = start
            last[start:stop] = stop
        for kind in KINDS:
            low, high = REACH[kind]
            numbers: dict[Key, int] = {}
            at = np.fromiter(
                (numbers.setdefault(k, len(numbers)) for k in keys[kind]), dtype=np.int64, count=count
            )
            rows = self._rows[kind]
            table = np.stack([rows(key) for key in numbers]).reshape(len(numbers), high - low + 1, labels)
            for distance in range(low, high + 1):
                other = position + distance
                inside = (other >= first) & (other < last)
                here = position[inside]
                total[here] += table[at[other[inside]], distance - low]
        return total

    def decode(self, keys: Mapping[str, list[Key]], spans: Sequence[tuple[int, int]]) -> Path:
        """Return the best labels of all sentences, and their margins."""
        emissions = self.emissions(keys, spans)
        pieces = [
            (at, min(at + _LONGEST, stop)) for start, stop in spans for at in range(start, stop, _LONGEST)
        ]
        pieces.sort(key=lambda piece: (piece[0] - piece[1], piece[0]))
        best = np.zeros(len(emissions), dtype=np.int8)
        margin = np.zeros(len(emissions), dtype=np.int32)
        for at in range(0, len(pieces), 64):
            self._search(emissions, pieces[at : at + 64], best, margin)
        return best, margin

    def _search(
        self, emissions: Ints, pieces: list[tuple[int, int]], best: NDArray[np.int8], margin: Ints
    ) -> None:
        """Search pieces, longest first, side by side: the best path through each label, from both ends."""
        starts = np.array([start for start, _ in pieces])
        lengths = np.array([stop - start for start, stop in pieces])
        longest = int(lengths[0])
        alive = [int((lengths > at).sum()) for at in range(longest)]
        forward = np.zeros((longest, len(pieces), len(self.labels)), dtype=np.int32)
        backward = np.zeros_like(forward)
        entry = np.where([label[0] == "I" for label in self.labels], FORBIDDEN, 0).astype(np.int32)
        forward[0] = emissions[starts] + entry
        for at in range(1, longest):
            n = alive[at]
            reached = (forward[at - 1, :n, :, None] + self.steps).max(axis=1)
            forward[at, :n] = reached + emissions[starts[:n] + at]
        for at in range(longest - 2, -1, -1):
            n = alive[at + 1]
            after = backward[at + 1, :n] + emissions[starts[:n] + at + 1]
            backward[at, :n] = (after[:, None, :] + self.steps).max(axis=2)
        through = forward + backward
        for number, (start, stop) in enumerate(pieces):
            scores = through[: stop - start, number]
            best[start:stop] = scores.argmax(axis=1)
            two = np.partition(scores, -2, axis=1)
            margin[start:stop] = two[:, -1] - two[:, -2]

    def to_bytes(self) -> bytes:
        """Write the model: a NumPy archive of plain arrays."""
        arrays: dict[str, Any] = {"labels": _pack(self.labels), "steps": self.steps}
        for kind in KINDS:
            names, starts, columns, values = self.weights[kind]
            arrays |= {f"{kind}.names": _pack(names), f"{kind}.counts": np.diff(starts).astype(np.uint16)}
            arrays |= {f"{kind}.columns": columns, f"{kind}.values": values}
        arrays["clusters.words"] = _pack(list(self.clusters))
        arrays["clusters.paths"] = _pack(list(self.clusters.values()))
        buffer = BytesIO()
        np.savez_compressed(buffer, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Decoder:
        """Read what :meth:`to_bytes` wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            weights = {}
            for kind in KINDS:
                starts = np.concatenate([[0], np.cumsum(arrays[f"{kind}.counts"], dtype=np.int32)]).astype(
                    np.int32
                )
                weights[kind] = (
                    _unpack(arrays[f"{kind}.names"]),
                    starts,
                    arrays[f"{kind}.columns"],
                    arrays[f"{kind}.values"],
                )
            clusters = dict(
                zip(_unpack(arrays["clusters.words"]), _unpack(arrays["clusters.paths"]), strict=True)
            )
            return cls(_unpack(arrays["labels"]), arrays["steps"], weights, clusters)


def _pack(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def _unpack(array: NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
