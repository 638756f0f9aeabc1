"""The tokens and the phrases near some quantities, as arrays for all of them together.

The windows of the quantities are laid one after the other: a position is the place of a token in that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from viet_report_ie.facts.scene import Integers, QuantityView
from viet_report_ie.facts.symbols import Symbols, ranges

__all__ = ["DISTANCES", "LANDMARKS", "SIDES", "Windows", "landmarks", "place"]

LEFT_REACH, RIGHT_REACH = 70, 28
SIDES = 3
DISTANCES = 14
LANDMARKS = 5
"""The tokens that tell a quantity: before it, its first, the last of its number, its last, and after it."""


@lru_cache(maxsize=1)
def _buckets() -> Integers:
    """Return the bucket of each distance in tokens."""
    reach = LEFT_REACH + RIGHT_REACH
    return np.array([d if d < 8 else min(8 + int(np.log2(d / 8) * 2), DISTANCES - 1) for d in range(reach)])


def place(tokens: Integers, start: Any, end: Any) -> tuple[Integers, Integers]:
    """Return on which side of a quantity each token stands, and its side and distance as one number.

    Examples
    --------
    >>> [array.tolist() for array in place(np.array([2, 5, 9]), np.array([5, 5, 5]), np.array([7, 7, 7]))]
    [[0, 1, 2], [3, 14, 30]]
    """
    side = (tokens >= start).astype(np.int64) + (tokens >= end)
    distance = np.maximum(0, np.maximum(start - tokens, tokens - end))
    return side, side * DISTANCES + _buckets()[np.minimum(distance, LEFT_REACH)]


def landmarks(quantities: Sequence[QuantityView], size: int) -> Integers:
    """Return the tokens that tell each quantity, in an article of so many tokens."""
    rows = [
        (max(q.start - 1, 0), q.start, max(q.start, q.unit - 1), q.end - 1, min(q.end, size - 1))
        for q in quantities
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, LANDMARKS)


class Windows:
    """What stands near some quantities of one article.

    Attributes
    ----------
    low, high : array of shape (quantities,)
        The first token of each window and the one after its last.
    unit_class : array of shape (quantities,)
        The class of each quantity.
    start_at, end_at : array of shape (quantities,)
        The position of each quantity, and the one after it.
    owner, side : array of shape (positions,)
        The quantity of each position, and its side of it: before, in or after.
    landmarks : array of shape (quantities, LANDMARKS)
        The tokens that tell each quantity.
    tokens, owner : array of shape (positions,)
        The token and the quantity of each position.
    side, place : array of shape (positions,)
        Its side of the quantity: before, in or after; and its side and distance as one number.
    first, last : array of shape (spans,)
        The first and the last token of each span that a quantity may point at.
    first_at, last_at : array of shape (spans,)
        Their positions.
    span_owner, span_side, length : array of shape (spans,)
        The quantity of each span, its side of it, and its length less one.
    """

    def __init__(self, symbols: Symbols, quantities: Sequence[QuantityView]) -> None:
        edges = [(q.start, q.unit, q.end, q.unit_class) for q in quantities]
        start, unit, end, self.unit_class = np.array(edges, dtype=np.int64).reshape(-1, 4).T
        size = len(symbols.scene.words)
        self.landmarks = landmarks(quantities, size)
        self.low = np.maximum(0, start - LEFT_REACH)
        self.high = np.minimum(size, end + RIGHT_REACH)
        self.tokens, self.owner = tokens, owner = ranges(self.low, self.high)
        width = self.high - self.low
        shift = self.low + width - np.cumsum(width)
        self.side, self.place = place(tokens, start[owner], end[owner])
        # No phrase begins in the number; what begins before it ends before it.
        begins = np.searchsorted(symbols.first, (self.low, start, unit, self.high))
        chosen, part = ranges(begins[::2].T.ravel(), begins[1::2].T.ravel())
        inside = symbols.last[chosen] < np.stack((start, self.high), axis=1).ravel()[part]
        chosen, part = chosen[inside], part[inside]
        self.first, self.last = symbols.first[chosen], symbols.last[chosen]
        self.span_owner = owner = part // 2
        self.span_side = part % 2 + (self.first >= end[owner])
        self.length = self.last - self.first
        self.first_at, self.last_at = self.first - shift[owner], self.last - shift[owner]
        self.start_at, self.end_at = start - shift, end - shift

    @cached_property
    def gap_from(self) -> Integers:
        """The position at which begins what is between each span and its quantity."""
        return np.asarray(np.where(self.span_side == 0, self.last_at + 1, self.end_at[self.span_owner]))

    @cached_property
    def gap_to(self) -> Integers:
        """The position after what is between each span and its quantity."""
        after = np.maximum(self.first_at, self.end_at[self.span_owner])
        return np.asarray(np.where(self.span_side == 0, self.start_at[self.span_owner], after))
