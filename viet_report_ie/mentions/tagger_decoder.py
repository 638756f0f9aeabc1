"""A linear-chain model as integers, and the search for its best labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.mentions.tagger_features import KINDS, LOOSE, REACH, Background, Seen, Sights, attributes

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


class Weights(NamedTuple):
    """Weights of the attributes of one kind.

    The cells ``starts[n]`` to ``starts[n + 1]`` belong to the attribute ``names[n]``; a cell has a value for the column
    ``(distance - first distance) * number of labels + label``.
    """

    names: Sequence[str]
    starts: NDArray[np.int64]
    columns: NDArray[np.uint8]
    values: NDArray[np.int16]


class Decoder:
    """Weights of attributes, by kind, distance and label, and of steps from label to label.

    Parameters
    ----------
    labels
        ``O``, ``B-PERSON``, ``I-PERSON`` and so on.
    steps
        Weight of the step from the row's label to the column's.
    weights
        By kind.
    background
        What the attributes are made with.
    """

    def __init__(
        self, labels: Sequence[str], steps: Ints, weights: Mapping[str, Weights], background: Background
    ) -> None:
        self.labels = tuple(labels)
        self.steps = steps
        self.weights = weights
        self.background = background
        self._numbers = {kind: dict(zip(weights[kind].names, count())) for kind in (*KINDS, LOOSE)}
        self._rows = {kind: lru_cache(maxsize=1 << 13)(self._reader(kind)) for kind in KINDS}

    def _reader(self, kind: str) -> Callable[[Seen], Ints]:
        low, high = REACH[kind]
        width = (high - low + 1) * len(self.labels)
        numbers, weights = self._numbers[kind], self.weights[kind]

        def row(key: Seen) -> Ints:
            total = np.zeros(width, dtype=np.int32)
            for attribute in attributes(kind, key, self.background):
                number = numbers.get(attribute)
                if number is not None:
                    span = slice(weights.starts[number], weights.starts[number + 1])
                    total[weights.columns[span]] += weights.values[span]
            return total

        return row

    def emissions(self, sights: Sights) -> Ints:
        """Return the weight of every label at every token."""
        labels, tokens = len(self.labels), len(sights.keys["word"])
        total = np.zeros((tokens, labels), dtype=np.int32)
        lengths = [stop - start for start, stop in sights.sentences]
        sentence = np.repeat(np.arange(len(lengths)), lengths)
        for kind in KINDS:
            low, high = REACH[kind]
            numbers: dict[Seen, int] = {}
            at = np.fromiter(
                (numbers.setdefault(key, len(numbers)) for key in sights.keys[kind]), np.intp, tokens
            )
            row = self._rows[kind]
            table = np.concatenate([row(key) for key in numbers]).reshape(
                len(numbers), high - low + 1, labels
            )
            for distance in range(max(low, 1 - tokens), min(high, tokens - 1) + 1):
                here = slice(max(0, -distance), tokens - max(0, distance))
                there = slice(max(0, distance), tokens - max(0, -distance))
                inside = sentence[here] == sentence[there]
                total[here] += table[at[there], distance - low] * inside[:, None]
        self._add_loose(sights, sentence, total)
        return total

    def _add_loose(self, sights: Sights, sentence: NDArray[np.intp], total: Ints) -> None:
        find, weights, labels = self._numbers[LOOSE].get, self.weights[LOOSE], len(self.labels)
        known = [
            (number, at)
            for name, at in zip(sights.loose, sights.places, strict=True)
            if (number := find(name)) is not None
        ]
        if not known:
            return
        number, at = np.array(known, dtype=np.intp).T
        counts = weights.starts[number + 1] - weights.starts[number]
        ends = np.cumsum(counts)
        cell = np.arange(ends[-1]) + np.repeat(weights.starts[number] - ends + counts, counts)
        distance, label = np.divmod(weights.columns[cell].astype(np.intp), labels)
        there = np.repeat(at, counts)
        here = there - distance - REACH[LOOSE][0]
        inside = (here >= 0) & (here < len(sentence))
        inside &= sentence[np.where(inside, here, 0)] == sentence[there]
        np.add.at(total, (here[inside], label[inside]), weights.values[cell[inside]])

    def decode(self, sights: Sights) -> Path:
        """Return the best labels of all sentences, and their margins."""
        emissions = self.emissions(sights)
        spans = sights.sentences
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
        for kind, weights in self.weights.items():
            arrays |= {
                f"{kind}.names": _pack(weights.names),
                f"{kind}.counts": np.diff(weights.starts).astype(np.uint16),
            }
            arrays |= {f"{kind}.columns": weights.columns, f"{kind}.values": weights.values}
        arrays["clusters.words"] = _pack(list(self.background.clusters))
        arrays["clusters.paths"] = _pack(list(self.background.clusters.values()))
        buffer = BytesIO()
        np.savez_compressed(buffer, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Decoder:
        """Read what :meth:`to_bytes` wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            weights = {}
            for kind in (*KINDS, LOOSE):
                starts = np.concatenate([[0], np.cumsum(arrays[f"{kind}.counts"], dtype=np.int64)])
                names = _unpack(arrays[f"{kind}.names"])
                weights[kind] = Weights(names, starts, arrays[f"{kind}.columns"], arrays[f"{kind}.values"])
            clusters = dict(
                zip(_unpack(arrays["clusters.words"]), _unpack(arrays["clusters.paths"]), strict=True)
            )
            return cls(_unpack(arrays["labels"]), arrays["steps"], weights, Background(clusters))


def _pack(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def _unpack(array: NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
