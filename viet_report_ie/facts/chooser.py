"""Linear choice among a few answers by named features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from math import exp

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chooser"]

Floats = NDArray[np.float64]


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
        self._rows = {feature: tuple(map(float, row)) for feature, row in weights.items()}
        self._alone = {feature: row[0] for feature, row in self._rows.items()} if len(answers) == 1 else {}

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the score of each answer."""
        if len(self.answers) == 1:
            return [sum(map(self._alone.get, features, repeat(0.0)))]
        find = self._rows.get
        found = [row for feature in features if (row := find(feature)) is not None]
        return [sum(column) for column in zip(*found)] if found else [0.0] * len(self.answers)  # noqa: B905

    def choose(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the best answer and its probability.

        Examples
        --------
        >>> Chooser(("level", "change"), {"tăng": np.array([-2.0, 2.0])}).choose(["tăng"])[0]
        'change'
        """
        scores = self.scores(features)
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        best = odds.index(1.0)
        return self.answers[best], 1 / sum(odds)
