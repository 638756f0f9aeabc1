"""Linear choice among a few answers by named features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chooser"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chooser:
    """Weights of each feature for each answer; a feature that is not known adds nothing."""

    answers: tuple[str, ...]
    weights: Mapping[str, Floats]

    def scores(self, features: Iterable[str]) -> Floats:
        """Return the score of each answer."""
        total = np.zeros(len(self.answers))
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                total += weight
        return total

    def choose(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the best answer and its probability.

        Examples
        --------
        >>> Chooser(("level", "change"), {"tăng": np.array([-2.0, 2.0])}).choose(["tăng"])[0]
        'change'
        """
        scores = self.scores(features)
        odds = np.exp(scores - scores.max())
        best = int(np.argmax(odds))
        return self.answers[best], float(odds[best] / odds.sum())
