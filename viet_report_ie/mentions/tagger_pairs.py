"""Weights of two adjacent tokens, looked up by number for a whole article at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PAIRS", "READ_PAIR", "PairTable", "pair_attributes"]

Numbers = NDArray[np.int64]

PAIRS: Mapping[str, tuple[str, str]] = {
    "b": ("plain", "plain"),
    "t": ("shape", "shape"),
    "u": ("plain", "shape"),
    "v": ("shape", "plain"),
}
"""Attributes of a token and the next one, by their letter: what is seen of each of the two."""

READ_PAIR = "y"
"""The letter of the attributes that tell how two words are read elsewhere."""

_BITS = 24
"""A number of a token takes so many bits of a key."""


def pair_attributes(
    views: Mapping[str, Sequence[str]], at: int, readings: Mapping[str, str]
) -> Iterator[str]:
    """Yield the attributes of a token and the next one.

    Examples
    --------
    >>> views = {"plain": ["ông", "lê"], "shape": ["x", "Xx"], "word": ["ông", "Lê"]}
    >>> list(pair_attributes(views, 0, {"ông Lê": "-|P4"}))
    ['bông lê', 'tx Xx', 'uông Xx', 'vx lê', 'y-|P4', 'y-|P']
    """
    for letter, (left, right) in PAIRS.items():
        yield f"{letter}{views[left][at]} {views[right][at + 1]}"
    reading = readings.get(f"{views['word'][at]} {views['word'][at + 1]}")
    if reading:
        yield from _of_reading(reading)


def _of_reading(reading: str) -> tuple[str, str]:
    return READ_PAIR + reading, READ_PAIR + reading[:3]


class PairTable:
    """The rows of weights behind the attributes of :func:`pair_attributes`.

    Parameters
    ----------
    numbers
        Attributes of a model and the rows of their weights.
    rows
        The weights; the last row is empty.
    readings
        How a first model reads pairs of words.
    """

    def __init__(
        self, numbers: Mapping[str, int], rows: NDArray[np.int16], readings: Mapping[str, str]
    ) -> None:
        self._symbols: dict[str, dict[str, int]] = {"plain": {}, "shape": {}, "word": {}}
        self._families = [*PAIRS.items(), (READ_PAIR, ("word", "word"))]
        kinds = sorted(set(readings.values()))
        read_rows = [
            sum(rows[numbers.get(name, -1)].astype(np.int32) for name in _of_reading(kind)) for kind in kinds
        ]
        number_of = {kind: len(rows) + at for at, kind in enumerate(kinds)}
        entries = [
            self._entry(name[0], name[1:], row) for name, row in numbers.items() if name[0] in PAIRS
        ] + [self._entry(READ_PAIR, pair, number_of[kind]) for pair, kind in readings.items()]
        entries.sort()
        self._keys: Numbers = np.array([key for key, _ in entries] or [-1], dtype=np.int64)
        self._places: Numbers = np.array([row for _, row in entries] or [0], dtype=np.int64)
        self._rows = np.concatenate([rows.astype(np.int32), *(np.asarray(row)[None] for row in read_rows)])

    def _entry(self, letter: str, pair: str, row: int) -> tuple[int, int]:
        """Return the key of a pair, its tokens numbered from one, and its row."""
        place = [letter for letter, _ in self._families].index(letter)
        key = place
        for view, symbol in zip(self._families[place][1], pair.split(" "), strict=True):
            known = self._symbols[view]
            key = key << _BITS | known.setdefault(symbol, len(known) + 1)
        return key, row

    def add_to(
        self, total: NDArray[np.int32], views: Mapping[str, Sequence[str]], inner: NDArray[Any]
    ) -> None:
        """Add the weights of each token and the next one to the row of the first.

        Parameters
        ----------
        total
            One row a token.
        views
            What is seen of the tokens.
        inner
            The tokens that another one of their sentence follows.
        """
        count = len(total)
        seen = {
            view: np.fromiter(map(known.get, views[view], repeat(0)), np.int64, count)
            for view, known in self._symbols.items()
        }
        for place, (_, (left, right)) in enumerate(self._families):
            first, second = seen[left][inner], seen[right][inner + 1]
            both = ((first > 0) & (second > 0)).nonzero()[0]
            keys = (place << 2 * _BITS) | first[both] << _BITS | second[both]
            found = np.searchsorted(self._keys, keys)
            found[found == len(self._keys)] = 0
            hit = self._keys[found] == keys
            total[inner[both[hit]]] += self._rows[self._places[found[hit]]]
