"""Rows of weights that are summed at the first sight of a key, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import repeat
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["KeptRows"]


class KeptRows:
    """Rows by key, in one array, so that the rows of a whole article are gathered at once.

    Parameters
    ----------
    make
        Returns the row of a key.
    width
        How many numbers a row has.
    dtype
        Their type.

    Examples
    --------
    >>> kept = KeptRows(lambda word: [len(word), ord(word[0])], 2)
    >>> numbers = kept.numbers(["ba", None, "ba"])
    >>> numbers.tolist(), kept.rows[numbers].tolist()
    ([1, 0, 1], [[2, 98], [0, 0], [2, 98]])
    """

    def __init__(
        self, make: Callable[[Any], Any], width: int, dtype: type[np.integer[Any]] = np.int32
    ) -> None:
        self._make = make
        self._lock = Lock()
        self._numbers: dict[Hashable, int] = {None: 0}
        self.rows: NDArray[Any] = np.zeros((256, width), dtype=dtype)

    def __len__(self) -> int:
        return len(self._numbers)

    def emptied(self) -> KeptRows:
        """Return one that keeps nothing yet; who still reads this one is not disturbed."""
        return KeptRows(self._make, self.rows.shape[1], self.rows.dtype.type)

    def numbers(self, keys: Sequence[Hashable]) -> NDArray[np.intp]:
        """Return where :attr:`rows` has the row of each key; the key None has the first one, of zeros."""
        numbers = np.fromiter(map(self._numbers.get, keys, repeat(-1)), np.intp, len(keys))
        new = (numbers < 0).nonzero()[0]
        if len(new):
            # Articles may be read in several threads.
            with self._lock:
                numbers[new] = [self._number(keys[at]) for at in new.tolist()]
        return numbers

    def _number(self, key: Hashable) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = len(self._numbers)
            if number == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
            self.rows[number] = self._make(key)
            self._numbers[key] = number
        return number
