"""A linear-chain model as integers, and the search for its best labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, compress, count, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.mentions.tagger_features import (
    KINDS,
    LOOSE,
    REACH,
    Background,
    Seen,
    attributes,
    is_near,
)
from viet_report_ie.mentions.tagger_observer import Sights
from viet_report_ie.mentions.tagger_pairs import PairTable
from viet_report_ie.mentions.tagger_rows import KeptRows

__all__ = ["FORBIDDEN", "SCALE", "Decoder", "Ints", "Labels", "Weights"]

SCALE = 256
"""What a weight of one is as an integer: sums of integers are the same on every machine."""

FORBIDDEN = -(1 << 28)
"""The weight of a step that no sequence of labels may take."""

TABLES = ("words", "pairs", "names", "runs")

_LONGEST = 160
"""A longer sentence is cut, so that a text without full stops is still read many pieces at a time."""

NEAR = "near"

_PAD = max(abs(distance) for distances in REACH.values() for distance in distances)
"""How far any token is seen."""

_MOST_KEPT = 1 << 14
"""How many keys of a kind are remembered."""

Labels = NDArray[np.int8]
Ints = NDArray[np.int32]


class Weights(NamedTuple):
    """Weights of the attributes of one kind.

    The cells ``starts[n]`` to ``starts[n + 1]`` belong to the attribute ``names[n]``; a cell has a value for
    the column ``(distance - first distance) * number of labels + label``.
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
        self,
        labels: Sequence[str],
        steps: Ints,
        weights: Mapping[str, Weights],
        background: Background,
    ) -> None:
        self.labels = tuple(labels)
        self.steps = steps
        self.weights = weights
        self.background = background
        self._tables = {kind: self._make_table(kind) for kind in (*KINDS, LOOSE, NEAR)}
        self._pairs = PairTable(*self._tables[LOOSE], background.pairs)
        self._rows = {
            kind: KeptRows(self._reader(kind), self._tables[kind][1].shape[1], np.int32) for kind in KINDS
        }

    def _make_table(self, kind: str) -> tuple[dict[str, int], NDArray[np.int16]]:
        """Return the numbers of the attributes of a kind, and their rows; the last row is empty.

        Loose attributes that are seen at one distance alone have a table of their own, which is narrower.
        """
        source = LOOSE if kind == NEAR else kind
        weights, labels = self.weights[source], len(self.labels)
        (low, high), first = ((0, 0) if kind == NEAR else REACH[source]), REACH[source][0]
        chosen = np.array(
            [source != LOOSE or is_near(name) == (kind == NEAR) for name in weights.names],
            dtype=bool,
        )
        counts = np.diff(weights.starts)
        row = np.repeat(np.cumsum(chosen) - 1, counts)
        inside = np.repeat(chosen, counts)
        columns = weights.columns.astype(np.intp) - (low - first) * labels
        rows = np.zeros((int(chosen.sum()) + 1, (high - low + 1) * labels), dtype=np.int16)
        rows[row[inside], columns[inside]] = weights.values[inside]
        return dict(zip(compress(weights.names, chosen), count(), strict=False)), rows

    def _reader(self, kind: str) -> Callable[[Seen], Ints]:
        numbers, rows = self._tables[kind]

        def row(key: Seen) -> Ints:
            seen = [numbers[name] for name in attributes(kind, key, self.background) if name in numbers]
            total: Ints = rows[seen].sum(axis=0, dtype=np.int32)
            return total

        return row

    def emissions(self, sights: Sights) -> Ints:
        """Return the weight of every label at every token."""
        labels, words = len(self.labels), sights.keys["word"]
        lengths = [stop - start for start, stop in sights.sentences]
        # Empty places around each sentence: nothing is seen over its edge.
        places = np.arange(len(words)) + np.repeat(np.arange(1, len(lengths) + 1) * _PAD, lengths)
        padded = len(words) + _PAD * (len(lengths) + 1)
        seen = np.zeros((padded, (2 * _PAD + 1) * labels), dtype=np.int32)
        for kind in KINDS:
            if len(self._rows[kind]) > _MOST_KEPT:
                self._rows[kind] = self._rows[kind].emptied()
            kept, numbers = self._rows[kind], np.zeros(padded, dtype=np.intp)
            numbers[places] = kept.numbers(sights.keys[kind])
            self._columns(seen, kind)[:] += kept.rows.take(numbers, axis=0)
        far = self._columns(seen, LOOSE)
        if len(self._pairs.seen) > _MOST_KEPT:
            self._pairs.seen = self._pairs.seen.emptied()
        known, numbers = self._pairs.seen, np.zeros(padded, dtype=np.intp)
        numbers[places] = known.numbers(words)
        far[:-1] += self._pairs.weights(known.rows.take(numbers, axis=0))
        near = seen[:, _PAD * labels : (_PAD + 1) * labels]
        for tokens, columns in sights.loose:
            if tokens:
                is_one_near = is_near(columns[0][0])
                at = places[np.array(tokens, dtype=np.intp)]
                (near if is_one_near else far)[at] += self._sums(NEAR if is_one_near else LOOSE, columns)
        if sights.runs:
            sizes = [stop - start for start, stop in sights.runs]
            inside = np.concatenate([np.arange(*run) for run in sights.runs])
            near[places[inside]] += np.repeat(self._sums(NEAR, sights.of_runs), sizes, axis=0)
        total = np.zeros((padded - 2 * _PAD, labels), dtype=np.int32)
        for distance in range(2 * _PAD + 1):
            total += seen[distance : distance + len(total), distance * labels : (distance + 1) * labels]
        return total[places - _PAD]

    def _columns(self, seen: Ints, kind: str) -> Ints:
        """Return the part of what is seen at all distances for those of a kind."""
        (low, high), labels = REACH[kind], len(self.labels)
        return seen[:, (_PAD + low) * labels : (_PAD + high + 1) * labels]

    def _sums(self, kind: str, columns: Sequence[Sequence[str]]) -> Ints:
        """Return what the attributes of columns weigh together, row by row."""
        numbers, rows = self._tables[kind]
        found = np.fromiter(map(numbers.get, chain.from_iterable(columns), repeat(-1)), np.intp)
        by_column = found.reshape(len(columns), -1)
        total: Ints = rows.take(by_column[0], axis=0).astype(np.int32)
        for column in by_column[1:]:
            total += rows.take(column, axis=0)
        return total

    def search(
        self, emissions: Ints, sentences: Sequence[tuple[int, int]], best: Labels, margin: Ints
    ) -> None:
        """Fill in the best labels of the tokens of sentences, and how much better they are than the next."""
        pieces = [
            (at, min(at + _LONGEST, stop)) for start, stop in sentences for at in range(start, stop, _LONGEST)
        ]
        pieces.sort(key=lambda piece: (piece[0] - piece[1], piece[0]))
        for at in range(0, len(pieces), 64):
            self._search(emissions, pieces[at : at + 64], best, margin)

    def _search(
        self,
        emissions: Ints,
        pieces: list[tuple[int, int]],
        best: Labels,
        margin: Ints,
    ) -> None:
        """Search pieces, longest first, side by side: the best path through each label.

        Paths from the left and, over the reversed pieces, from the right are one recursion, taken together:
        two neighbouring columns for each piece, so that what still goes on comes first and lies together.
        """
        starts = np.array([start for start, _ in pieces])
        lengths = np.array([stop - start for start, stop in pieces])
        longest = int(lengths[0])
        alive = (2 * (lengths[None, :] > np.arange(longest)[:, None]).sum(axis=1)).tolist()
        ends = starts + lengths - 1
        far = np.arange(longest)[:, None]
        tokens = np.stack([np.minimum(starts + far, ends), np.maximum(ends - far, starts)], axis=2)
        paths = np.ascontiguousarray(emissions[tokens.reshape(longest, -1)].transpose(0, 2, 1))
        entry = np.where([label[0] == "I" for label in self.labels], FORBIDDEN, 0).astype(np.int32)
        paths[0, :, ::2] += entry[:, None]
        steps = np.tile(np.stack([self.steps, self.steps.T], axis=2), len(pieces))
        last = paths[0]
        for here, n in zip(paths[1:], alive[1:], strict=True):
            here = here[:, :n]
            here += np.maximum.reduce(last[:, None, :n] + steps[:, :, :n], axis=0)
            last = here
        piece = np.repeat(np.arange(len(pieces)), lengths)
        inner = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        here = starts[piece] + inner
        # Both ways count the token itself.
        scores = paths[inner, :, 2 * piece] + paths[lengths[piece] - 1 - inner, :, 2 * piece + 1]
        scores -= emissions[here]
        best[here] = scores.argmax(axis=1)
        two = np.partition(scores, -2, axis=1)
        margin[here] = two[:, -1] - two[:, -2]

    def spans(self, best: Labels) -> Iterator[tuple[str, int, int]]:
        """Yield the mentions of a sequence of labels: label, first token and the token after the last."""
        inside = best.nonzero()[0].tolist()
        numbers = best.tolist()
        for at in inside:
            label = self.labels[numbers[at]]
            if label[0] == "B":
                end = at + 1
                while end < len(numbers) and self.labels[numbers[end]] == "I" + label[1:]:
                    end += 1
                yield label[2:], at, end

    def to_bytes(self) -> bytes:
        """Write the model: a NumPy archive of plain arrays."""
        arrays: dict[str, Any] = {"labels": _pack(self.labels), "steps": self.steps}
        for kind, weights in self.weights.items():
            arrays |= {
                f"{kind}.names": _pack(weights.names),
                f"{kind}.counts": np.diff(weights.starts).astype(np.uint16),
            }
            arrays |= {
                f"{kind}.columns": weights.columns,
                f"{kind}.values": weights.values,
            }
        for name in TABLES:
            table = getattr(self.background, name)
            arrays |= {
                f"{name}.keys": _pack(list(table)),
                f"{name}.values": _pack(list(table.values())),
            }
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
            tables = {
                name: dict(
                    zip(
                        _unpack(arrays[f"{name}.keys"]),
                        _unpack(arrays[f"{name}.values"]),
                        strict=True,
                    )
                )
                for name in TABLES
            }
            return cls(
                _unpack(arrays["labels"]),
                arrays["steps"],
                weights,
                Background(**tables),
            )


def _pack(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def _unpack(array: NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
