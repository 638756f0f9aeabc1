"""One article as the linker sees it: tokens with their words and signs, and quantities by token."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Amount, Interval, Mention
from viet_report_ie.mentions.units import unit_named
from viet_report_ie.text.article import Article, Span

__all__ = [
    "BREAKS",
    "LABELS",
    "SHAPES",
    "SIGNS",
    "UNIT_CLASSES",
    "Integers",
    "QuantityView",
    "Scene",
    "unit_class",
]

Integers = NDArray[np.int64]

LABELS = 6
OTHER, NUMBER, UNIT, IN_DATE, FIRST_OF_DATE, IN_LAW = range(LABELS)

UNIT_CLASSES = 5
COUNT, PERCENT, MONEY, MEASURE, BARE = range(UNIT_CLASSES)

SIGNS = {
    ",": 5, ".": 6, "(": 7, ")": 8, '"': 9, ":": 10, ";": 11, "-": 12, "/": 13, "%": 14,
    "…": 6, "...": 6, "!": 6, "?": 6,
}  # fmt: skip
_SHARES, _TIMES = frozenset(("%", "pp")), "x"
_BULLETS = frozenset(("-", "+", "*", "•", "·", "●", "▪", "."))
SHAPES = 16
_LONGEST_LINE = 80
_MONTH, _DATES = 40, 6
_REMEMBERED = 1 << 14
BREAKS = 3
"""Before a token stands nothing, the start of a sentence, or the start of a line."""


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    return frozenset(load_toml("linking")["number_words"]["words"])


def unit_class(unit: str, text: str) -> int:
    """Tell apart what quantities of this unit measure: a count, a share, money, a measure, or a bare number.

    Examples
    --------
    >>> [unit_class("đảng viên", "462 đảng viên"), unit_class("%", "140%"), unit_class("đảng viên", "462")]
    [0, 1, 4]
    """
    head = unit.split("/")[0]
    if head in _SHARES:
        return PERCENT
    if head == _TIMES:
        return MEASURE
    known = unit_named(head)
    if known:
        return MONEY if known.is_money else PERCENT if known.dimension in ("share", "points") else MEASURE
    return COUNT if head and head[:3].lower() in text.lower() else BARE


@dataclass(frozen=True)
class QuantityView:
    """A quantity by token: its number is ``start`` … ``unit``, its unit or noun ``unit`` … ``end``."""

    mention: Mention
    start: int
    unit: int
    end: int
    unit_class: int
    unit_name: str


class Scene:
    """The tokens of an article with what the linker knows of each, whatever quantity it looks from."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article = article
        self.tokens = article.tokens
        self.starts = [start for start, _ in self.tokens]
        self.ends = [end for _, end in self.tokens]
        read = list(map(_read_word, article.words))
        self.words = [word for word, _ in read]
        self.shapes: Integers = np.array([shape for _, shape in read], dtype=np.int64)
        self.breaks = self._find_breaks()
        self.labels: Integers = np.zeros(len(self.tokens), dtype=np.int64)
        self.dates: list[tuple[int, int, Mention]] = []
        self.quantities: list[QuantityView] = []
        for mention in mentions:
            self._add(mention)

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token, how many sentences have begun before it ends."""
        return np.cumsum(self.breaks > 0).tolist()  # type: ignore[no-any-return]

    @cached_property
    def heads(self) -> list[int]:
        """For each token, the token that begins its sentence."""
        begins = np.where(self.breaks > 0, np.arange(len(self.breaks)), 0)
        return np.maximum.accumulate(begins).tolist()  # type: ignore[no-any-return]

    def sentence_start(self, start: int, end: int) -> int:
        """Return where the sentence of the token at `end` begins, not before `start`."""
        return max(start, self.heads[min(end, len(self.heads) - 1)])

    @cached_property
    def quantity_starts(self) -> list[int]:
        """The first token of each quantity."""
        return [quantity.start for quantity in self.quantities]

    @cached_property
    def date_starts(self) -> list[int]:
        """The first token of each date."""
        return [first for first, _, _ in self.dates]

    @cached_property
    def line_of(self) -> list[int]:
        """For each token, how many lines have begun before it ends."""
        return np.cumsum(self.breaks == BREAKS - 1).tolist()  # type: ignore[no-any-return]

    @cached_property
    def title_end(self) -> int:
        """Where the first line ends, or what is read of it."""
        return bisect_right(self.line_of, 1, hi=min(_LONGEST_LINE, len(self.line_of)))

    @cached_property
    def _headings(self) -> dict[int, Span]:
        """For each line that begins with a bullet, the tokens of the last line that does not."""
        headings: dict[int, Span] = {}
        starts = np.flatnonzero(self.breaks == BREAKS - 1).tolist()
        heading: Span | None = None
        for start, end in zip(starts, [*starts[1:], len(self.words)], strict=True):
            if self.words[start] not in _BULLETS:
                heading = (max(start, end - _LONGEST_LINE), end)
            elif heading:
                headings[self.line_of[start]] = heading
        return headings

    def heading_of(self, token: int) -> Span | None:
        """Return the tokens of the line that announces the list in which a token stands."""
        return self._headings.get(self.line_of[token])

    @cached_property
    def _latest_day(self) -> date | None:
        """The latest day, week or month that the text names: it was written then or soon after."""
        intervals = [mention.value for _, _, mention in self.dates]
        days = [
            i.date_to
            for i in intervals
            if isinstance(i, Interval)
            and i.date_from
            and i.date_to
            and (i.date_to - i.date_from).days < _MONTH
        ]
        return max(days, default=None)

    def dates_around(self, quantity: QuantityView) -> set[str]:
        """Tell whether the dates in the sentence of a quantity lie after the time of writing."""
        sentence = self.sentence_of[quantity.start]
        sorts = set()
        at = bisect_left(self.date_starts, self.sentence_start(0, quantity.start))
        for first, _, mention in self.dates[at : at + _DATES]:
            if self.sentence_of[first] != sentence:
                break
            value = mention.value
            if isinstance(value, Interval) and value.date_to and self._latest_day:
                later = value.date_to.year - self._latest_day.year
                side = "before" if first < quantity.start else "after"
                sorts.add(f"{side} {max(-1, min(later, 2))}")
        return sorts

    def span(self, first: int, last: int) -> Span:
        """Return the characters from the first token through the last."""
        return self.starts[first], self.ends[last]

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens that share a character with a span."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def _find_breaks(self) -> Integers:
        breaks = np.zeros(len(self.tokens), dtype=np.int64)
        heads = {bisect_left(self.starts, start) for start, _ in self.article.sentences}
        text = self.article.text
        for at in heads:
            if at < len(breaks):
                breaks[at] = 2 if not at or "\n" in text[self.ends[at - 1] : self.starts[at]] else 1
        return breaks

    def _add(self, mention: Mention) -> None:
        first, end = self.token_range(mention.start, mention.end)
        if first >= end:
            return
        if mention.label == "DATE":
            self.labels[first:end] = IN_DATE
            self.labels[first] = FIRST_OF_DATE
            self.dates.append((first, end, mention))
        elif mention.label == "LAW":
            self.labels[first:end] = IN_LAW
        elif mention.label == "QUANTITY":
            unit = first
            for at in range(first, end):
                word = self.words[at]
                if not word[0].isalpha() or word in _number_words():
                    unit = at + 1
            self.labels[first:unit] = NUMBER
            self.labels[unit:end] = UNIT
            name = mention.value.unit if isinstance(mention.value, Amount) else ""
            kind = unit_class(name, self.article.text[mention.start : mention.end])
            self.quantities.append(QuantityView(mention, first, unit, end, kind, name))


@lru_cache(_REMEMBERED)
def _read_word(word: str) -> tuple[str, int]:
    """Return a word in lower case, and its shape; equal words are one object, which compares fast."""
    return sys.intern(word.lower()), _shape(word)


def _shape(word: str) -> int:
    first = word[0]
    if first.isalpha():
        if word.isupper():
            return 2 if len(word) > 1 else 3
        return 4 if first.isupper() else 0
    return 1 if first.isdigit() else SIGNS.get(word, 15)
