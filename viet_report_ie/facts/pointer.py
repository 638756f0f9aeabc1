"""The span of tokens that a quantity points at: every span near it is scored, the most agreed one is chosen.

The score of a span is a sum over its first token, its last token, the tokens inside it and those between
it and the quantity, each by linear weights that depend on the token's neighbourhood, its side of the quantity
and the class of the quantity. So all spans of many windows are scored together by running sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import UNIT_CLASSES, Integers
from viet_report_ie.facts.windows import SIDES, Windows

__all__ = ["CONTEXTS", "ROLES", "Candidates", "Pointer", "best_spans", "choose", "span_scores"]

Floats = NDArray[np.floating[Any]]
ROLES = 4
CONTEXTS = SIDES * (1 + UNIT_CLASSES)
_TOP = 40


@dataclass(frozen=True)
class Candidates:
    """The best spans of each quantity, by first and last token; what is missing has no chance.

    `mass` is the logarithm of the sum of all odds, also of those that are not among the best.
    """

    first: Integers
    last: Integers
    scores: Floats
    mass: Floats


class Pointer:
    """Linear weights over the tokens around a quantity.

    Parameters
    ----------
    weights : array of shape (rows, contexts, roles)
        One row for each value of each template of `Layout`; a context is a side, alone or with a unit class.
    lengths : array of shape (sides, unit classes, MAX_LENGTH)
        What the length of a span adds.
    """

    def __init__(self, weights: Floats, lengths: Floats) -> None:
        alone, with_class = weights[:, :SIDES, None], weights[:, SIDES:]
        tables = alone + with_class.reshape(-1, SIDES, UNIT_CLASSES, ROLES)
        self._step = len(weights)
        # A row for each side, class and value: the side's own weights with those that hold for the class.
        self._table = np.ascontiguousarray(tables.transpose(1, 2, 0, 3), dtype=np.float32).reshape(-1, ROLES)
        self._lengths = lengths

    def scores(self, windows: Windows) -> Floats:
        """Return the score of each span."""
        part = (windows.side * UNIT_CLASSES + windows.unit_class[windows.owner]) * self._step
        tokens = self._table.take(windows.rows + part, axis=0).sum(axis=0)
        return span_scores(tokens, windows, self._lengths)


def span_scores(tokens: Floats, windows: Windows, lengths: Floats) -> Floats:
    """Return the score of each span from the roles of each position."""
    sums = np.zeros((len(tokens) + 1, 2))
    np.cumsum(tokens[:, 2:], axis=0, out=sums[1:])
    inside, gap = sums.T
    first, last = windows.first_at, windows.last_at
    scores: Floats = (
        tokens[first, 0] + tokens[last, 1] + inside[last + 1] - inside[first]
        + gap[windows.gap_to] - gap[windows.gap_from]
        + lengths[windows.span_side, windows.unit_class[windows.span_owner], windows.length]
    )  # fmt: skip
    return scores


def best_spans(windows: Windows, scores: Floats) -> Candidates:
    """Return the best spans of each quantity, best first."""
    owner = windows.span_owner
    counts = np.bincount(owner, minlength=len(windows.unit_class))
    begins = np.cumsum(counts) - counts
    table = np.full((len(counts), max(_TOP + 1, counts.max(initial=0))), -np.inf)
    table[owner, np.arange(len(owner)) - begins[owner]] = scores
    top = np.argpartition(-table, _TOP, axis=1)[:, :_TOP]
    at = np.take_along_axis(table, top, axis=1)
    peak = np.where(counts, table.max(axis=1), 0.0)[:, None]
    with np.errstate(divide="ignore"):
        mass = peak[:, 0] + np.log(np.exp(table - peak).sum(axis=1))
    # What stands for no span shares no token with any.
    number = np.where(top < counts[:, None], begins[:, None] + top, -1)
    first, last = np.append(windows.first, -1), np.append(windows.last, -1)
    return Candidates(first[number], last[number], at, mass)


def choose(first: Integers, last: Integers, chances: Floats) -> tuple[int, float]:
    """Return the span that most of the probability agrees with (token F1 of at least one half), and how much.

    Examples
    --------
    >>> choose(np.array([0, 5, 5]), np.array([1, 6, 7]), np.array([0.4, 0.35, 0.25]))[0]
    1
    """
    top = (-chances).argsort(kind="stable")[:_TOP]
    begin, end, chance = first[top], last[top] + 1, chances[top]
    length = end - begin
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    half_f1 = np.maximum(0, shared) / (length[:, None] + length)
    sure = (half_f1 >= 0.25).astype(float).dot(chance)
    best = int((sure + half_f1.dot(chance)).argmax())
    return int(top[best]), min(1.0, float(sure[best]))
