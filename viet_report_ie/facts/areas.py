"""The area that a figure holds for: a place of its indicator or clause, or the province of the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

import regex

from viet_report_ie.facts.gazetteer import name_key
from viet_report_ie.facts.model import Measurement, Place
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives, lower
from viet_report_ie.text.article import Article

__all__ = ["find_areas"]

_CLAUSE_ENDS = ("\n", ";", ". ")
_LONGEST_CLAUSE = 600
_MOST_COMPARED = 40


def find_areas(
    article: Article, measurements: Sequence[Measurement], places: Sequence[Place]
) -> list[int | None]:
    """Return, for each measurement, the index of the place that it holds for, or None.

    Parameters
    ----------
    article : Article
        The article that was read.
    measurements : sequence of Measurement
        In the order of the text.
    places : sequence of Place
        What `link_places` returned.

    Returns
    -------
    list of int or None
        A place in the indicator comes first, then the only one of the clause or the one that stands right
        before the figure, then the province of the article, where it names one alone; none where the words
        before the figure speak of a wider area (`cả nước`).
    """
    reader = _Reader(article, places)
    return [reader.area(measurement) for measurement in measurements]


class _Reader:
    """The places of one article, by where they stand."""

    def __init__(self, article: Article, places: Sequence[Place]) -> None:
        self.text = article.text
        self.lowered = lower(article.text)
        self.places = places
        self.starts = [place.start for place in places]
        self.province = self._province()

    def area(self, measurement: Measurement) -> int | None:
        """Return the index of the place that a figure holds for."""
        if measurement.indicator:
            inside = self._within(*measurement.indicator)
            if inside:
                return inside[0]
        figure = measurement.quantity.start
        start, end = self._clause(figure, measurement.quantity.end)
        named = [index for index in self._within(start, end) if self.places[index].mention.label == "LOC"]
        if not named and self.province is None:
            return None
        if not named:
            return None if _wide().search(self.lowered, start, end) else self.province
        comma = max(start, self.text.rfind(", ", start, figure))
        if _wide().search(self.lowered, comma, figure):
            return None  # `cả nước tăng 5%, trong đó Hà Nội tăng 7%`
        if len({self._name(index) for index in named[:_MOST_COMPARED]}) == 1:
            return named[0]
        beside = [index for index in named if comma <= self.starts[index] < figure]
        return beside[-1] if len(beside) == 1 else None

    def _within(self, start: int, end: int) -> range:
        return range(bisect_left(self.starts, start), bisect_right(self.starts, end - 1))

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        first, last = max(0, start - _LONGEST_CLAUSE), min(len(self.text), end + _LONGEST_CLAUSE)
        for sign in _CLAUSE_ENDS:
            before, after = self.text.rfind(sign, first, start), self.text.find(sign, end, last)
            first = before + len(sign) if before >= 0 else first
            last = after if after >= 0 else last
        return first, last

    def _name(self, index: int) -> str:
        place = self.places[index]
        units = place.before or place.since
        return units[0].code if units else name_key(self.text[place.start : place.end])

    def _province(self) -> int | None:
        """Return the first mention of the only province that the article names, if it names it twice."""
        counts: Counter[str] = Counter()
        first: dict[str, int] = {}
        for index, place in enumerate(self.places):
            units = place.before or place.since
            if units and units[0].level == "province":
                counts[units[0].code] += 1
                first.setdefault(units[0].code, index)
        if len(counts) == 1:
            [(code, count)] = counts.items()
            return first[code] if count > 1 else None
        return None


@cache
def _wide() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{alternatives(load_toml('places')['wide']['words'])})(?!\w)")
