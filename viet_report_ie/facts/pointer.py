"""The span of tokens that a quantity points at: every span near it is scored, the most agreed one is chosen.

The score of a span is a sum over its first token, its last token, the tokens inside it and those between
it and the quantity, each by linear weights that depend on the token's neighbourhood, its side of the quantity
and the class of the quantity. So all spans of a window are scored together by running sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import OWN_NUMBER, OWN_UNIT, UNIT_CLASSES, Integers, QuantityView
from viet_report_ie.facts.symbols import MAX_LENGTH, Lexis, Symbols

__all__ = [
    "TEMPLATES",
    "Layout",
    "Pointer",
    "Spans",
    "choose",
    "spans_near",
]

Floats = NDArray[np.floating[Any]]
LEFT_REACH, RIGHT_REACH = 70, 28
SIDES, ROLES = 3, 4
CONTEXTS = SIDES * (1 + UNIT_CLASSES)
DISTANCES = 14
TEMPLATES: tuple[tuple[str, int], ...] = (
    *(("word", offset) for offset in (-1, 0, 1)),
    *(("part", offset) for offset in (-2, -1, 0, 1, 2)),
    *(("group", offset) for offset in (-1, 0, 1)),
    *(("sign", offset) for offset in (-1, 0, 1)),
    *(("label", offset) for offset in (-1, 0, 1)),
    *(("pair", offset) for offset in (-1, 0)),
)
_LABEL_SHIFTS: Integers = np.array([[shift] for kind, shift in TEMPLATES if kind == "label"])
_TOP = 40


class Layout:
    """Where the weights of each template stand among all rows."""

    def __init__(self, lexis: Lexis) -> None:
        self.sizes = lexis.sizes()
        self.offsets: list[int] = []
        row = 0
        for kind, _ in TEMPLATES:
            self.offsets.append(row)
            row += self.sizes[kind] + 1  # one more for what lies outside the text
        self.distance_offset = row
        self.rows = row + DISTANCES


@dataclass(frozen=True)
class Spans:
    """The spans of a window: first and last token, side of the quantity and length less one."""

    low: int
    high: int
    first: Integers
    last: Integers
    side: Integers
    length: Integers


_LENGTHS = np.arange(MAX_LENGTH, dtype=np.int64)


def spans_near(symbols: Symbols, quantity: QuantityView) -> Spans:
    """Return every span that the quantity may point at."""
    low = max(0, quantity.start - LEFT_REACH)
    high = min(len(symbols.scene.words), quantity.end + RIGHT_REACH)
    begin, start, unit, stop = np.searchsorted(
        symbols.openings, (low, quantity.start, quantity.unit, high)
    ).tolist()
    first = np.concatenate((symbols.openings[begin:start], symbols.openings[unit:stop]))
    limits = np.concatenate(
        (
            np.minimum(symbols.limits[begin:start], quantity.start),
            np.minimum(symbols.limits[unit:stop], high),
        )
    )
    last = first[:, None] + _LENGTHS
    at, length = np.nonzero(symbols.closes[last] & (last < limits[:, None]))
    first = first[at]
    side = (first >= quantity.start).astype(np.int64) + (first >= quantity.end)
    return Spans(low, high, first, first + length, side, length)


@lru_cache(maxsize=1)
def distance_buckets() -> Integers:
    """Return the bucket of each distance in tokens."""
    reach = LEFT_REACH + RIGHT_REACH + 300
    return np.array([d if d < 8 else min(8 + int(np.log2(d / 8) * 2), DISTANCES - 1) for d in range(reach)])


class Pointer:
    """Linear weights over the tokens around a quantity.

    Parameters
    ----------
    lexis : Lexis
        The symbols that the weights stand for.
    weights : array of shape (rows, contexts, roles)
        One row for each value of each template of `Layout`; a context is a side, alone or with a unit class.
    lengths : array of shape (sides, unit classes, MAX_LENGTH)
        What the length of a span adds.
    """

    def __init__(self, lexis: Lexis, weights: Floats, lengths: Floats) -> None:
        self.layout = Layout(lexis)
        sides = weights[:, :SIDES]
        self.lengths = lengths
        label_offsets = [
            at for (kind, _), at in zip(TEMPLATES, self.layout.offsets, strict=True) if kind == "label"
        ]
        self.label_offsets: Integers = np.array(label_offsets)[:, None]
        # [class][row, side, role]: the side's own weights with those that hold for the class alone
        self.tables = [
            np.ascontiguousarray(
                (
                    sides + weights[:, [SIDES + side * UNIT_CLASSES + unit_class for side in range(SIDES)]]
                ).reshape(len(weights), SIDES * ROLES),
                dtype=np.float32,
            )
            for unit_class in range(UNIT_CLASSES)
        ]

    def field(self, symbols: Symbols, unit_class: int) -> Floats:
        """Return what every token adds, by side and role, for quantities of one class."""
        count = len(symbols.scene.words)
        out = np.zeros((count, SIDES * ROLES), dtype=np.float32)
        table = self.tables[unit_class]
        for (kind, shift), offset in zip(TEMPLATES, self.layout.offsets, strict=True):
            out += table.take(offset + _shifted(symbols.arrays[kind], shift, self.layout.sizes[kind]), axis=0)
        return out.reshape(count, SIDES, ROLES)

    def score(self, symbols: Symbols, field: Floats, quantity: QuantityView, spans: Spans) -> Floats:
        """Return the score of each span; `field` is that of the quantity's class."""
        low, start, end = spans.low, quantity.start, quantity.end
        table = self.tables[quantity.unit_class].reshape(-1, SIDES, ROLES)
        side, bucket = _places(start - low, end - start, spans.high - end)
        tokens = table[self.layout.distance_offset + bucket, side]
        tokens[: start - low] += field[low:start, 0]
        tokens[start - low : end - low] += field[start:end, 1]
        tokens[end - low :] += field[end : spans.high, 2]
        self._own_labels(tokens, symbols, table, quantity, spans)
        sums = np.zeros((len(tokens) + 1, 2))
        np.cumsum(tokens[:, 2:], axis=0, out=sums[1:])
        inside, gap = sums[:, 0], sums[:, 1]
        first, last = spans.first - low, spans.last - low
        after = last + 1
        # What lies between is counted to the quantity's near edge; within it, nothing does.
        edge = np.array((gap[start - low], 0.0, -gap[end - low]))[spans.side]
        between = edge + np.where(
            spans.side == 0, -gap[np.minimum(after, start - low)], np.where(spans.side == 2, gap[first], 0.0)
        )
        lengths = self.lengths[spans.side, quantity.unit_class, spans.length]
        scores: Floats = (
            tokens[first, 0] + tokens[last, 1] + inside[after] - inside[first] + between + lengths
        )
        return scores

    def _own_labels(
        self, tokens: Floats, symbols: Symbols, table: Floats, quantity: QuantityView, spans: Spans
    ) -> None:
        """Let the quantity see its own tokens as its own, not as those of another."""
        low, high = max(spans.low, quantity.start - 1), min(spans.high, quantity.end + 1)
        seen = symbols.padded_labels[low : high + 2]
        own = seen.copy()
        own[quantity.start + 1 - low : quantity.unit + 1 - low] = OWN_NUMBER
        own[quantity.unit + 1 - low : quantity.end + 1 - low] = OWN_UNIT
        at = np.arange(high - low)
        side = (at >= quantity.start - low).astype(np.int64) + (at >= quantity.end - low)
        place = at + 1 + _LABEL_SHIFTS
        rows = self.label_offsets
        change = table[rows + own[place], side] - table[rows + seen[place], side]
        tokens[low - spans.low : high - spans.low] += change.sum(axis=0)


@lru_cache(maxsize=256)
def _places(left: int, inner: int, right: int) -> tuple[Integers, Integers]:
    """Return the side and the bucket of the distance of each token of a window."""
    buckets = distance_buckets()
    side = np.repeat(np.arange(SIDES), (left, inner, right))
    bucket = np.concatenate((buckets[left:0:-1], np.zeros(inner, dtype=np.int64), buckets[:right]))
    return side, bucket


def _shifted(values: Integers, shift: int, outside: int) -> Integers:
    """Return for each token the value of its neighbour."""
    if not shift:
        return values
    out = np.full(len(values), outside, dtype=np.int64)
    if shift > 0:
        out[:-shift] = values[shift:]
    else:
        out[-shift:] = values[:shift]
    return out


def choose(first: Integers, last: Integers, chances: Floats) -> tuple[int, float]:
    """Return the span that most of the probability agrees with (token F1 of at least one half), and how much.

    Examples
    --------
    >>> choose(np.array([0, 5, 5]), np.array([1, 6, 7]), np.array([0.4, 0.35, 0.25]))[0]
    1
    """
    top = np.argpartition(-chances, _TOP)[:_TOP] if len(chances) > _TOP else np.arange(len(chances))
    top = top[np.argsort(-chances[top], kind="stable")]
    begin, end, chance = first[top], last[top] + 1, chances[top]
    shared = np.minimum(end[:, None], end) - np.maximum(begin[:, None], begin)
    agreement = 2 * np.maximum(0, shared) / ((end - begin)[:, None] + (end - begin))
    sure = ((agreement >= 0.5) * chance).sum(axis=1)
    best = int(np.argmax(sure + 0.5 * (agreement * chance).sum(axis=1)))
    return int(top[best]), float(min(1.0, sure[best]))
