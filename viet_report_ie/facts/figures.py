"""Measurements with what a check of their arithmetic needs: exact value, rounding, and the words around."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import takewhile

import regex

from viet_report_ie.facts.model import Measurement
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Amount
from viet_report_ie.text.article import Article

__all__ = ["Figure", "read_figures"]

_NUMBER = regex.compile(r"\d++(?:[.,]\d++)*+")
_WORD = regex.compile(r"[\p{L}\d]++")
_PHRASE = regex.compile(r"[\p{L}\d ]++")
_REACH, _FAR = 60, 200


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(load_toml("findings")[table]["words"])


@cache
def _pattern(table: str) -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, sorted(_words(table), key=len, reverse=True)))
    return regex.compile(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})", regex.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One figure with a single value."""

    measurement: Measurement
    text: str
    sentence: int
    before: str
    after: str
    value: Decimal
    whole: Decimal | None
    unit: str
    bound: str
    indicator: str
    period: str

    @property
    def start(self) -> int:
        """Where the quantity begins."""
        return self.measurement.quantity.start

    @property
    def is_exact(self) -> bool:
        """Tell whether no bound word loosens the value."""
        return self.bound == "="

    @property
    def is_level(self) -> bool:
        """Tell whether this is the value of its indicator itself, as it is."""
        return self.measurement.kind == "level" and self.measurement.status == "actual"

    @property
    def is_change(self) -> bool:
        """Tell whether a word of rise or fall stands right before the figure."""
        return _last_word_is(self.before, "moves")

    @property
    def is_share(self) -> bool:
        """Tell whether the figure says what part of a whole something makes up."""
        return self.measurement.kind == "share" and _last_word_is(self.before, "shares")

    @property
    def compared(self) -> bool:
        """Tell whether the text names another base for the figure."""
        return _pattern("comparisons").match(self.after.lstrip(" ")) is not None

    @property
    def unit_in_last_place(self) -> Decimal:
        """What one step of the last digit written is worth."""
        match = _NUMBER.search(self.text)
        if match is None:
            return Decimal(0)
        digits = match[0]
        comma = digits.rfind(",")
        places = len(digits) - comma - 1 if comma >= 0 and "," not in digits[:comma] else 0
        plain = Decimal(regex.sub(r"[.,]", "", digits))
        scale = abs(self.value) / plain if plain else Decimal(1)
        return scale if places or scale != 1 else Decimal(1)

    @property
    def step(self) -> Decimal:
        """By how much rounding may have moved the value; a count is exact."""
        place = self.unit_in_last_place
        return place if place != 1 or self.value != self.value.to_integral_value() else Decimal(0)

    @property
    def is_origin(self) -> bool:
        """Tell whether the words before the figure set it in the past or at the start of a movement."""
        return _pattern("origins").search(self.before) is not None

    @property
    def is_outcome(self) -> bool:
        """Tell whether the words before the figure set it in the present or at the end of a movement."""
        return _pattern("outcomes").search(self.before) is not None

    @property
    def thing(self) -> str:
        """The words of the indicator that name the thing, in order, without those that only join them.

        What the thing does does not name it: `đảng viên toàn Đảng bộ dự đại hội`.
        """
        ends = _words("doings") | _words("moves")
        named = takewhile(lambda word: word not in ends, _WORD.findall(self.indicator.lower()))
        return " ".join(word for word in named if word not in _words("joints"))

    @property
    def is_present_total(self) -> bool:
        """Tell whether this counts a whole body as it is now."""
        return (
            self.is_level
            and self.is_exact
            and self.whole is None
            and self.value >= 20
            and self.value == self.value.to_integral_value()
            and self._is_now
            and _pattern("totals").search(self.indicator) is not None
            and self.thing.count(" ") >= 3
            and not self.is_change
        )

    @property
    def _is_now(self) -> bool:
        """Tell whether the figure holds for the present; the day in the lead is that of the article."""
        period = self.period.lower()
        return period in _words("present") or (self.sentence <= 2 and period.split(" ")[0] in _words("days"))

    def counts_like(self, other: Figure) -> bool:
        """Tell whether a change may be counted in the unit of a level: the same, or a general one."""
        return self.unit == other.unit or self.unit in _words("units")

    def same_thing(self, other: Figure) -> bool:
        """Tell whether two figures have the same indicator, or indicators of which one holds the other."""
        one, two = self.thing, other.thing
        return bool(one and two) and (one in two or two in one)

    def next_to(self, other: Figure) -> bool:
        """Tell whether another figure follows with no more than a few words between."""
        return (
            self.sentence == other.sentence and 0 <= other.start - self.measurement.quantity.end < _REACH // 2
        )

    def explained_by(self, other: Figure) -> bool:
        """Tell whether another figure follows in brackets or after a comma, and speaks of this one."""
        gap = self.after[: max(0, other.start - self.measurement.quantity.end)]
        return self.next_to(other) and _explains().fullmatch(gap) is not None


@cache
def _explains() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, sorted(_words("moves") | _words("links"), key=len, reverse=True)))
    return regex.compile(rf"(?: \p{{Ll}}++){{0,3}}+ ?[(,] ?(?:(?:{words}) ?){{1,4}}", regex.IGNORECASE)


def _last_word_is(before: str, table: str) -> bool:
    words = _WORD.findall(before.lower())[-3:] if before[-1:].isalpha() else []
    return any(" ".join(words[at:]) in _words(table) for at in range(len(words)))


def _name_of_count(before: str, unit: str) -> str:
    """Return the last words before a figure that name the total of its unit, in lower case, or nothing.

    Examples
    --------
    >>> _name_of_count("Số đảng viên thuộc Đảng bộ tăng nhanh: hiện nay là ", "đảng viên")
    'số đảng viên thuộc đảng bộ tăng nhanh'
    """
    before = before.lower()
    at = max(before.rfind(f"{total} {unit} ") for total in _words("totals"))
    found = _PHRASE.match(before, at) if at >= 0 else None
    return found[0].rstrip(" ") if found else ""


def read_figures(article: Article, measurements: Sequence[Measurement]) -> list[Figure]:
    """Return the figures of single value, in the order of the text."""
    text = article.text
    starts = [start for start, _ in article.sentences]
    figures = []
    for measurement in measurements:
        quantity, amount = measurement.quantity, measurement.quantity.value
        if not isinstance(amount, Amount) or amount.low is None or amount.low != amount.high:
            continue
        sentence = bisect_right(starts, quantity.start)
        low = max(starts[sentence - 1] if sentence else 0, quantity.start - _REACH)
        indicator, period = measurement.indicator, measurement.period
        name = text[slice(*indicator)] if indicator else ""
        if amount.unit and name.lower() == amount.unit:
            earlier = max(starts[sentence - 1] if sentence else 0, quantity.start - _FAR)
            name = _name_of_count(text[earlier : quantity.start], amount.unit) or name
        figures.append(
            Figure(
                measurement,
                text[quantity.start : quantity.end],
                sentence,
                text[low : quantity.start].rstrip(" "),
                text[quantity.end : quantity.end + _REACH],
                amount.low,
                amount.whole,
                amount.unit,
                amount.bound,
                name,
                text[slice(*period.span)] if period else "",
            )
        )
    return figures
