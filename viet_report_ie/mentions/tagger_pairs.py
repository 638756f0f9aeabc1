"""Weights of two adjacent tokens, looked up by number for a whole article at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.mentions.tagger_rows import KeptRows
from viet_report_ie.mentions.tagger_words import plain, shape

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

_BEYOND = 1 << 62


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
        empty = len(rows) - 1
        # The last key is higher than any pair's.
        self._keys: Numbers = np.array([key for key, _ in entries] + [_BEYOND], dtype=np.int64)
        self._places: Numbers = np.array([row for _, row in entries] + [empty], dtype=np.int64)
        all_rows = np.concatenate([rows.astype(np.int32), *(np.asarray(row)[None] for row in read_rows)])
        # Small numbers are gathered faster; the sum of a row of each family must fit, too.
        fits = len(self._families) * int(np.abs(all_rows).max()) < 1 << 15
        self._rows = all_rows.astype(np.int16) if fits else all_rows
        self._empty = empty
        self.seen = KeptRows(self._symbols_of, len(self._symbols), np.int64)

    def _entry(self, letter: str, pair: str, row: int) -> tuple[int, int]:
        """Return the key of a pair, its tokens numbered from one, and its row."""
        place = [letter for letter, _ in self._families].index(letter)
        key = place
        for view, symbol in zip(self._families[place][1], pair.split(" "), strict=True):
            known = self._symbols[view]
            key = key << _BITS | known.setdefault(symbol, len(known) + 1)
        return key, row

    def _symbols_of(self, word: str) -> list[int]:
        """Return the numbers of what is seen of a word, 0 for what is in no pair."""
        views = {"plain": plain(word), "shape": shape(word), "word": word}
        return [known.get(views[view], 0) for view, known in self._symbols.items()]

    def weights(self, symbols: Numbers) -> NDArray[Any]:
        """Return what each token but the last weighs with the next one.

        Parameters
        ----------
        symbols
            The row of :attr:`seen` of each token, or zeros where there is none.
        """
        views = dict(zip(self._symbols, np.ascontiguousarray(symbols.T), strict=True))
        keys = np.stack(
            [
                place << 2 * _BITS | views[left][:-1] << _BITS | views[right][1:]
                for place, (_, (left, right)) in enumerate(self._families)
            ]
        )
        found = np.searchsorted(self._keys, keys)
        numbers = np.where(self._keys[found] == keys, self._places[found], self._empty)
        total: NDArray[Any] = self._rows.take(numbers[0], axis=0)
        for number in numbers[1:]:
            total += self._rows.take(number, axis=0)
        return total
