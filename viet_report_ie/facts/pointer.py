"""The span of tokens that a quantity points at: every span near it is scored, the most agreed one is chosen.

The score of a span is a sum over its first token, its last token, the tokens inside it and those between
it and the quantity, each by linear weights that depend on the token's neighbourhood, its side of the quantity
and the class of the quantity. So all spans of a window are scored together by running sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import (
    BREAKS,
    LABELS,
    NUMBER,
    OWN_NUMBER,
    OWN_UNIT,
    SHAPES,
    UNIT_CLASSES,
    Integers,
    QuantityView,
    Scene,
)
from viet_report_ie.lexicon import load_toml

__all__ = [
    "MAX_LENGTH",
    "TEMPLATES",
    "Layout",
    "Lexis",
    "Pointer",
    "Spans",
    "Symbols",
    "choose",
    "spans_near",
]

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]

LEFT_REACH, RIGHT_REACH, MAX_LENGTH = 70, 28, 24
SIDES, ROLES = 3, 4
CONTEXTS = SIDES * (1 + UNIT_CLASSES)
DISTANCES = 14
TEMPLATES: tuple[tuple[str, int], ...] = (
    *(("word", offset) for offset in (-1, 0, 1)),
    *(("part", offset) for offset in (-2, -1, 0, 1, 2)),
    *(("group", offset) for offset in (-1, 0, 1)),
    *(("sign", offset) for offset in (-1, 0, 1)),
    *(("label", offset) for offset in (-1, 0, 1)),
)
CLOSED_PARTS = 3
"""The first parts are closed: prepositions, conjunctions, particles; no phrase begins or ends with one."""
_CLOSING = frozenset(')"%')
_TOP = 40


@dataclass(frozen=True)
class Lexis:
    """The words, parts of speech and groups that the weights know; 0 stands for every other."""

    words: Mapping[str, int]
    parts: Mapping[str, int]
    part_count: int
    groups: Mapping[str, int]
    group_count: int

    @cached_property
    def longest(self) -> dict[str, int]:
        """How many syllables the longest word has that begins with a syllable."""
        longest: dict[str, int] = {}
        for word in self.parts:
            first, _, rest = word.partition(" ")
            longest[first] = max(longest.get(first, 1), 1 + (rest.count(" ") + 1 if rest else 0))
        return longest

    def sizes(self) -> dict[str, int]:
        """Return how many values each kind of symbol has."""
        return {
            "word": len(self.words) + 1,
            "part": 2 * self.part_count + 2,
            "group": self.group_count + 1,
            "sign": BREAKS * SHAPES,
            "label": LABELS,
        }


class Symbols:
    """The tokens of a scene as numbers, one array for each kind of symbol."""

    def __init__(self, scene: Scene, lexis: Lexis) -> None:
        words = scene.words
        self.scene = scene
        parts = _parts(words, lexis)
        self.arrays: dict[str, Integers] = {
            "word": np.array([lexis.words.get(word, 0) for word in words], dtype=np.int64),
            "part": parts,
            "group": np.array([lexis.groups.get(word, 0) for word in words], dtype=np.int64),
            "sign": scene.breaks * SHAPES + scene.shapes,
            "label": scene.labels,
        }
        self.opens, self.closes = _edges(scene, parts)
        # A phrase crosses no sentence end and holds no number of a quantity.
        self.walls: Integers = np.cumsum((scene.breaks > 0) | (scene.labels == NUMBER))
        self.numbers: Integers = scene.labels == NUMBER


def _edges(scene: Scene, parts: Integers) -> tuple[Bools, Bools]:
    """Tell where a phrase may begin and end: at the edges of words, not with a sign or a closed class."""
    spoken = np.array([word[0].isalnum() for word in scene.words], dtype=bool)
    closing = np.array([word in _CLOSING for word in scene.words], dtype=bool)
    never_first = np.array([word in _never("first") for word in scene.words], dtype=bool)
    never_last = np.array([word in _never("last") for word in scene.words], dtype=bool)
    inner = parts % 2 == 1
    closed = (parts > 1) & (parts // 2 <= CLOSED_PARTS)
    goes_on = np.append(inner[1:], False)
    opens = spoken & ~inner & ~closed & ~(never_first & ~goes_on)
    closes = (spoken | closing) & ~goes_on & ~closed & ~(never_last & ~inner)
    return opens, closes


@cache
def _never(place: str) -> frozenset[str]:
    """Return the words that never stand first or last in a phrase."""
    return frozenset(load_toml("linking")[f"never_{place}"]["words"])


def _parts(words: list[str], lexis: Lexis) -> Integers:
    """Cut the tokens into the longest known words; each gives its first token 2 p and the others 2 p + 1."""
    parts, longest = lexis.parts, lexis.longest
    out: list[int] = []
    at, count = 0, len(words)
    while at < count:
        for length in range(min(longest.get(words[at], 0), count - at), 0, -1):
            part = parts.get(" ".join(words[at : at + length]), 0)
            if part:
                out.append(2 * part)
                out += [2 * part + 1] * (length - 1)
                break
        else:
            out.append(0)
        at = len(out)
    return np.array(out, dtype=np.int64)


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


@lru_cache(maxsize=64)
def _grid(width: int) -> tuple[Integers, Integers]:
    return (
        np.repeat(np.arange(width, dtype=np.int64), MAX_LENGTH),
        np.tile(np.arange(MAX_LENGTH, dtype=np.int64), width),
    )


def spans_near(symbols: Symbols, quantity: QuantityView) -> Spans:
    """Return every span that the quantity may point at."""
    token_count = len(symbols.scene.words)
    low, high = max(0, quantity.start - LEFT_REACH), min(token_count, quantity.end + RIGHT_REACH)
    left, left_length = _grid(quantity.start - low)
    right, right_length = _grid(high - quantity.unit)
    first = np.concatenate((left + low, right + quantity.unit))
    length = np.concatenate((left_length, right_length))
    last = first + length
    keep = (last < high) & ((last < quantity.start) | (first >= quantity.unit)) & symbols.opens[first]
    first, last, length = first[keep], last[keep], length[keep]
    keep = symbols.closes[last] & (symbols.walls[last] == symbols.walls[first]) & ~symbols.numbers[first]
    first, last, length = first[keep], last[keep], length[keep]
    side = (first >= quantity.start).astype(np.int64) + (first >= quantity.end)
    return Spans(low, high, first, last, side, length)


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
        at = np.arange(low, spans.high)
        side = (at >= start).astype(np.int64) + (at >= end)
        distance = np.where(at < start, start - at, np.where(at < end, 0, at - end))
        tokens = field[at, side] + table[self.layout.distance_offset + distance_buckets()[distance], side]
        self._own_labels(tokens, symbols, table, quantity, spans)
        sums = np.zeros((len(at) + 1, 2))
        np.cumsum(tokens[:, 2:], axis=0, out=sums[1:])
        inside, gap = sums[:, 0], sums[:, 1]
        first, last = spans.first - low, spans.last - low
        between = np.where(
            spans.side == 0,
            gap[start - low] - gap[np.minimum(last + 1, start - low)],
            np.where(spans.side == 2, gap[first] - gap[end - low], 0.0),
        )
        edges = tokens[first, 0] + tokens[last, 1]
        lengths = self.lengths[spans.side, quantity.unit_class, spans.length]
        scores: Floats = edges + inside[last + 1] - inside[first] + between + lengths
        return scores

    def _own_labels(
        self, tokens: Floats, symbols: Symbols, table: Floats, quantity: QuantityView, spans: Spans
    ) -> None:
        """Let the quantity see its own tokens as its own, not as those of another."""
        labels = symbols.arrays["label"]
        near = max(0, quantity.start - 2)
        end = min(len(labels), quantity.end + 2)
        own = labels[near:end].copy()
        own[quantity.start - near : quantity.unit - near] = OWN_NUMBER
        own[quantity.unit - near : quantity.end - near] = OWN_UNIT
        low, high = max(spans.low, quantity.start - 1), min(spans.high, quantity.end + 1)
        at = np.arange(low, high)
        side = (at >= quantity.start).astype(np.int64) + (at >= quantity.end)
        for (kind, shift), offset in zip(TEMPLATES, self.layout.offsets, strict=True):
            if kind != "label":
                continue
            place = at + shift
            seen = (place >= 0) & (place < len(labels))
            where = np.clip(place - near, 0, len(own) - 1)
            new = np.where(seen, own[where], LABELS)
            old = np.where(seen, labels[near:end][where], LABELS)
            tokens[low - spans.low : high - spans.low] += (
                table[offset + new, side] - table[offset + old, side]
            )


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
