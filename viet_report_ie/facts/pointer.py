"""The span of tokens that a quantity points at: every span near it is scored, the most agreed one is chosen.

Each token near a quantity gets four scores, from its vector, its place and the vectors of the quantity: as
the first token of a span, as its last, as one inside it, and as one between it and the quantity. The score of
a span is the sum over its tokens, so that all spans of many windows are scored together by running sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp, inf, log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.encoder import STEP, WEIGHT, Floats, times
from viet_report_ie.facts.scene import Integers
from viet_report_ie.facts.windows import Windows

__all__ = ["ROLES", "Candidates", "Pointer", "TokenSpan", "add_odds", "best_spans", "span_scores"]

ROLES = 4
_TOP = 24
_HALF, _FULL = 0.5, 1.5
_LIMIT = 1023

TokenSpan = tuple[int, int]
"""First and last token."""


@dataclass(frozen=True)
class Candidates:
    """The best spans of each quantity, best first; what is missing has no chance.

    Attributes
    ----------
    first, last : array of shape (quantities, _TOP)
        The first and the last token of each span.
    scores, chances : array of shape (quantities, _TOP)
        The score of each span, and its probability among all spans near its quantity.
    mass : list of float
        For each quantity the logarithm of the sum of all odds, also of those that are not among the best.
    agreed : array of shape (quantities, _TOP, _TOP)
        How much two spans of a quantity agree, see `agreement`.
    """

    first: Integers
    last: Integers
    scores: Floats
    chances: Floats
    mass: list[float]
    agreed: Floats

    @cached_property
    def _alone(self) -> list[tuple[TokenSpan, float]]:
        """For each quantity the span that `choose` takes, and how much agrees with it."""
        votes = (self.agreed @ self.chances[:, :, None].astype(np.float32))[:, :, 0]
        rows, best = np.arange(len(votes)), votes.argmax(axis=1)
        sure = ((self.agreed[rows, best] >= 1) * self.chances).sum(axis=1)
        spans = zip(self.first[rows, best].tolist(), self.last[rows, best].tolist(), strict=True)
        return list(zip(spans, sure.tolist(), strict=True))

    @cached_property
    def _votes(self) -> Floats:
        """How much agrees with each span if another replaces the last."""
        return (self.agreed[:, :-1, :-1] @ self.chances[:, :-1, None].astype(np.float32))[:, :, 0]

    def choose(
        self, row: int, other: float = -inf, known: TokenSpan | None = None
    ) -> tuple[TokenSpan, float]:
        """Return the span that most of the probability agrees with (token F1 of one half), and how much.

        Parameters
        ----------
        row : int
            The quantity.
        other : float, optional
            The score of what may be instead of a span near the quantity.
        known : tuple of int, optional
            The tokens of that, if it is a span.
        """
        total = add_odds(self.mass[row], other)
        scale, chance = exp(self.mass[row] - total), exp(other - total)
        if known is None or other <= self.scores[row, -1]:
            span, sure = self._alone[row]
            return span, min(1.0, sure * scale)
        first, last, chances = self.first[row, :-1], self.last[row, :-1], self.chances[row, :-1]
        agreed = agreement(first, last, *known)
        votes = self._votes[row] * scale + agreed * chance
        best = int(votes.argmax())
        if votes[best] < float(agreed @ chances) * scale + _FULL * chance:
            sure = float((agreed >= 1) @ chances) * scale + chance
            return known, min(1.0, sure)
        sure = float((self.agreed[row, best, :-1] >= 1) @ chances) * scale
        if agreed[best] >= 1:
            sure += chance
        return (int(first[best]), int(last[best])), min(1.0, sure)


class Pointer:
    """A hidden layer over a token, its place and a quantity; in whole numbers, as in `Encoder`.

    Parameters
    ----------
    token : array of shape (size, hidden)
        What is read of the vector of the token.
    query : array of shape (LANDMARKS * size, hidden)
        What is read of the vectors of the quantity.
    unit_class : array of shape (unit classes, hidden)
        What the class of the quantity adds.
    place : array of shape (SIDES * DISTANCES, hidden)
        What the place of the token adds.
    out : array of shape (hidden, ROLES)
        The scores of the hidden layer.
    constant : array of shape (ROLES,)
        What each score begins with.
    lengths : array of shape (sides, unit classes, MAX_LENGTH)
        What the length of a span adds.
    """

    def __init__(
        self,
        token: Floats,
        query: Floats,
        unit_class: Floats,
        place: Floats,
        out: Floats,
        constant: Floats,
        lengths: Floats,
    ) -> None:
        self._token, self._query, self._out = (w.astype(np.float32) for w in (token, query, out))
        self._unit_class, self._place = unit_class.astype(np.float32), place.astype(np.float32)
        self._constant, self._lengths = constant, lengths

    def scores(self, vectors: Floats, windows: Windows) -> Floats:
        """Return the score of each span; `vectors` are those of all tokens of the article."""
        low, high = int(windows.low.min()), int(windows.high.max())
        read = self.read(vectors[low:high]).take(windows.tokens - low, axis=0)
        asked = self.ask(vectors, windows.landmarks, windows.unit_class).take(windows.owner, axis=0)
        return span_scores(self.roles(read, asked, windows.place), windows, self._lengths)

    def read(self, vectors: Floats) -> Floats:
        """Return what the hidden layer sees of tokens."""
        return np.asarray(np.rint(times(vectors, self._token) / WEIGHT))

    def ask(self, vectors: Floats, landmarks: Integers, unit_class: Integers) -> Floats:
        """Return what the hidden layer sees of quantities."""
        wide = vectors[landmarks].reshape(len(landmarks), -1)
        return np.asarray(np.rint(times(wide, self._query) / WEIGHT) + self._unit_class[unit_class])

    def roles(self, read: Floats, asked: Floats, place: Integers) -> Floats:
        """Return the four scores of each position, given what the hidden layer sees of it."""
        hidden = read + asked
        hidden += self._place.take(place, axis=0)
        np.clip(hidden, 0, _LIMIT, out=hidden)
        roles: Floats = times(hidden, self._out).astype(np.float64) / (STEP * WEIGHT) + self._constant
        return roles


def span_scores(tokens: Floats, windows: Windows, lengths: Floats) -> Floats:
    """Return the score of each span from the roles of each position."""
    sums = np.zeros((len(tokens) + 1, 2))
    np.cumsum(tokens[:, 2:], axis=0, out=sums[1:])
    inside, gap = sums.T
    # What a span gets is folded into its two ends: the running sums are read once for each position.
    place, owner, before = np.arange(len(tokens)), windows.owner, windows.side == 0
    start_at, end_at = windows.start_at[owner], windows.end_at[owner]
    at_first = tokens[:, 0] - inside[:-1] + np.where(before, 0, gap[np.maximum(place, end_at)] - gap[end_at])
    at_last = tokens[:, 1] + inside[1:] + np.where(before, gap[start_at] - gap[1:], 0)
    by_length = lengths[windows.span_side, windows.unit_class[windows.span_owner], windows.length]
    scores: Floats = at_first[windows.first_at] + at_last[windows.last_at] + by_length
    return scores


def best_spans(windows: Windows, scores: Floats) -> Candidates:
    """Return the best spans of each quantity."""
    size = len(windows.unit_class)
    table = _by_owner(scores, windows.span_owner, size, -inf)
    table.sort(axis=1)
    peak = np.where(table[:, -1] > -inf, table[:, -1], 0.0)
    with np.errstate(divide="ignore"):
        mass = peak + np.log(np.exp(table - peak[:, None]).sum(axis=1))
    kept = np.flatnonzero(scores >= table[windows.span_owner, -_TOP])
    number = _by_owner(kept, windows.span_owner[kept], size, -1)
    best = np.append(scores, -inf)[number]
    order = np.argsort(-best, axis=1, kind="stable")[:, :_TOP]
    number, best = (np.take_along_axis(values, order, axis=1) for values in (number, best))
    chances = np.exp(best - np.where(mass > -inf, mass, 0.0)[:, None])
    # What stands for no span shares no token with any.
    first, last = (np.append(edge, -1).astype(np.int32)[number] for edge in (windows.first, windows.last))
    agreed = agreement(first[:, :, None], last[:, :, None], first[:, None], last[:, None])
    return Candidates(first, last, best, chances, mass.tolist(), agreed)


def _by_owner(values: NDArray[Any], owner: Integers, size: int, missing: float) -> NDArray[Any]:
    """Return a row for each owner with its values, filled up to the longest of them and to `_TOP`."""
    counts = np.bincount(owner, minlength=size)
    table = np.full((size, max(_TOP, counts.max(initial=0))), missing, dtype=values.dtype)
    table[np.arange(table.shape[1]) < counts[:, None]] = values
    return table


def agreement(first: Integers, last: Integers, other_first: Any, other_last: Any) -> Floats:
    """Return half of the token F1 of spans, and one more where the F1 is at least one half.

    Examples
    --------
    >>> agreement(np.array([0, 5, 5]), np.array([1, 6, 10]), 5, 6).tolist()
    [0.0, 1.5, 1.25]
    """
    shared = np.minimum(last, other_last) - np.maximum(first, other_first) + 1
    lengths = (last - first + 2) + (other_last - other_first)
    half_f1 = np.maximum(shared, 0).astype(np.float32) / lengths.astype(np.float32)
    return np.asarray(half_f1 + (half_f1 >= _HALF / 2))


def add_odds(one: float, other: float) -> float:
    """Return the logarithm of the sum of two odds that are given by their logarithms."""
    low, high = sorted((one, other))
    return high if low == -inf else high + log1p(exp(low - high))
