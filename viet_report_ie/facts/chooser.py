"""Linear choice among a few answers by named features.

The features come in blocks: a block is a function that names features, with its arguments. What a block adds
is remembered, so that the names are built only for what has not been met lately.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import starmap
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
        self._rows = {feature: tuple(map(float, row)) for feature, row in weights.items()}
        self._sum = lru_cache(_REMEMBERED)(self._add)

    def _add(self, name: Name, *arguments: Any) -> tuple[float, ...]:
        """Return what a block adds to each answer; nothing if no feature of it is known."""
        find = self._rows.get
        rows = [row for feature in name(*arguments) if (row := find(feature)) is not None]
        return tuple(map(sum, zip(*rows, strict=True)))

    def scores(self, blocks: Iterable[Block]) -> list[float]:
        """Return the score of each answer."""
        return list(map(sum, zip(self._nothing, *filter(None, starmap(self._sum, blocks)), strict=True)))

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
