"""The tokens and the phrases near some quantities, as arrays for all of them together.

The windows of the quantities are laid one after the other: a position is the place of a token in that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from viet_report_ie.facts.scene import OWN_NUMBER, OWN_UNIT, Integers, QuantityView
from viet_report_ie.facts.symbols import DISTANCES, TEMPLATES, Symbols, ranges

__all__ = ["SIDES", "Windows"]

LEFT_REACH, RIGHT_REACH = 70, 28
SIDES = 3
_LABELS = [at for at, (kind, _) in enumerate(TEMPLATES) if kind == "label"]
_LABEL_SHIFTS: Integers = np.array([[TEMPLATES[at][1]] for at in _LABELS])


@lru_cache(maxsize=1)
def _buckets() -> Integers:
    """Return the bucket of each distance in tokens."""
    reach = LEFT_REACH + RIGHT_REACH
    return np.array([d if d < 8 else min(8 + int(np.log2(d / 8) * 2), DISTANCES - 1) for d in range(reach)])


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
    rows : array of shape (templates + 1, positions)
        The numbers of the weights of each position; the last is that of its distance.
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
        self.low = np.maximum(0, start - LEFT_REACH)
        self.high = np.minimum(len(symbols.scene.words), end + RIGHT_REACH)
        tokens, self.owner = ranges(self.low, self.high)
        width = self.high - self.low
        shift = self.low + width - np.cumsum(width)
        own_start, own_end = start[self.owner], end[self.owner]
        self.side = (tokens >= own_start).astype(np.int64) + (tokens >= own_end)
        distance = np.maximum(0, np.maximum(own_start - tokens, tokens - own_end))
        self.rows = np.empty((len(TEMPLATES) + 1, len(tokens)), dtype=np.int64)
        edges_of = zip(self.low.tolist(), self.high.tolist(), strict=True)
        np.concatenate([symbols.rows[:, a:b] for a, b in edges_of], axis=1, out=self.rows[:-1])
        self.rows[-1] = symbols.layout.distance_offset + _buckets()[distance]
        self._own_labels(symbols, start, unit, end, shift)
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

    def _own_labels(
        self, symbols: Symbols, start: Integers, unit: Integers, end: Integers, shift: Integers
    ) -> None:
        """Let each quantity see its own tokens as its own, not as those of another."""
        tokens, owner = ranges(np.maximum(self.low, start - 1), np.minimum(self.high, end + 1))
        seen = tokens + _LABEL_SHIFTS
        own = np.where(seen < unit[owner], OWN_NUMBER, OWN_UNIT)
        outside = (seen < start[owner]) | (seen >= end[owner])
        labels = np.where(outside, symbols.padded_labels[seen + 1], own)
        self.rows[np.array(_LABELS)[:, None], tokens - shift[owner]] = (
            symbols.layout.offsets[_LABELS, None] + labels
        )
