"""Linear choice among a few answers by named features.

The features come in blocks: a block is a function that names features, with its arguments. What a block adds
is remembered, so that the names are built only for what has not been met lately.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Block", "Chooser", "Name", "named"]

Floats = NDArray[np.float64]
Name = Callable[..., Iterable[str]]
Block = tuple[Any, ...]
"""A `Name` and its arguments, which can be hashed."""
_REMEMBERED = 1 << 15


def named(blocks: Iterable[Block]) -> Iterator[str]:
    """Return the features of some blocks.

    Examples
    --------
    >>> list(named([(str.split, "a b"), (str.split, "c")]))
    ['a', 'b', 'c']
    """
    for name, *arguments in blocks:
        yield from name(*arguments)


class _Sums(dict[Block, Any]):
    """What each block adds to each answer: a tuple, or a number if there is one answer.

    It is emptied when full: a cache that keeps an order is slower to read.
    """

    def __init__(self, weights: Mapping[str, Floats], answers: int) -> None:
        super().__init__()
        self._single = answers == 1
        rows = {feature: tuple(map(float, row)) for feature, row in weights.items()}
        self._rows: dict[str, Any] = {f: row[0] for f, row in rows.items()} if self._single else rows

    def __missing__(self, block: Block) -> Any:
        # Not equal alone: several threads may add at once.
        if len(self) >= _REMEMBERED:
            self.clear()
        name, *arguments = block
        find = self._rows.get
        rows = [row for feature in name(*arguments) if (row := find(feature)) is not None]
        self[block] = found = sum(rows) if self._single else tuple(map(sum, zip(*rows, strict=True)))
        return found


class Chooser:
    """Weights of each feature for each answer; a feature that is not known adds nothing.

    Parameters
    ----------
    answers : tuple of str
        The answers, in the order of the columns of `weights`.
    weights : mapping of str to sequence of float
        One weight for each answer.
    """

    def __init__(self, answers: tuple[str, ...], weights: Mapping[str, Floats]) -> None:
        self.answers = answers
        self.weights = weights
        self._nothing = (0.0,) * len(answers)
        self._sums = _Sums(weights, len(answers))

    def scores(self, blocks: Iterable[Block]) -> list[float]:
        """Return the score of each answer."""
        sums = filter(None, map(self._sums.__getitem__, blocks))
        if len(self.answers) == 1:
            return [sum(sums, 0.0)]
        return list(map(sum, zip(self._nothing, *sums, strict=True)))

    def choose(self, blocks: Iterable[Block]) -> tuple[str, float]:
        """Return the best answer and its probability.

        Examples
        --------
        >>> chooser = Chooser(("level", "change"), {"tăng": np.array([-2.0, 2.0])})
        >>> chooser.choose([(str.split, "tăng 5%")])[0]
        'change'
        """
        scores = self.scores(blocks)
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        best = odds.index(1.0)
        return self.answers[best], 1 / sum(odds)
