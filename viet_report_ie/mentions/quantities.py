"""Finds the quantities of an article: numbers with a unit or a counted noun, and what bounds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.bounds import bound_of, falls
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.numbers import plain
from viet_report_ie.mentions.quantity_reader import Reading, read_quantities
from viet_report_ie.mentions.surroundings import counted_before, score, words_before
from viet_report_ie.mentions.units import unit_named
from viet_report_ie.text.article import Article

__all__ = ["find_quantities"]

_FOREIGN = regex.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})++(?:\.\d{1,2}(?!\d)|(?<=,\d{3},\d{3}))")
_NATIVE = regex.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3})++(?:,\d{1,2}(?!\d)|(?<=\.\d{3}\.\d{3}))|\d,\d{1,2}(?!\d)"
)
_RUN = regex.compile(r"\d++(?:[.,:/-]\d++)*+|\p{L}++")
_TIMES_CUES = frozenset({"gấp", "tăng", "giảm", "hơn", "kém", "bằng"})


@cache
def _start() -> regex.Pattern[str]:
    """Return the pattern of all places where a quantity may start: a digit or a number word."""
    numbers = load_toml("numbers")
    words = [*numbers["digits"], *numbers["words"]["ten"], "gấp", "phân nửa"]
    forms = "|".join(f"{word}|{word.capitalize()}" for word in words)
    codes = "VND|VNĐ|USD|EUR|GBP|JPY|CNY|US\\$|[$€£¥₫₩]"
    return regex.compile(rf"(?P<code>(?<!\w)(?:{codes}) ?)?(?P<digit>\d)|(?<!\w)(?:{forms})(?!\w)")


def _is_foreign(text: str) -> bool:
    """Tell whether the text groups thousands with commas: it does so plainly, and never the native way."""
    return _FOREIGN.search(text) is not None and _NATIVE.search(text) is None


def _mention(text: str, reading: Reading, weight: float, words: list[str], negative: bool) -> Mention:
    unit, start = reading.unit, reading.start
    if unit == "lần" and not _TIMES_CUES.isdisjoint(words[:2]):
        unit = "x"
    low, high = plain(reading.low), plain(reading.high)
    if negative:
        low, high = -high, -low
    whole = None if reading.whole is None else plain(reading.whole)
    amount = Amount(low, high, whole, unit, bound_of(text, start, reading.end, words))
    return Mention("QUANTITY", start, reading.end, "quantity rules", weight, amount)


def _readings_at(text: str, match: regex.Match[str], start: int, foreign: bool) -> list[Reading]:
    if match["digit"] and start > 0:
        before, earlier = text[start - 1], text[start - 2 : start - 1]
        if before.isalnum() or before == "_":
            if not (before.islower() and earlier.isalpha()):
                return []
        elif before in ".,/:-+@#" and earlier.isalnum():
            return []
    readings = read_quantities(text, start, foreign=foreign)
    if not readings:
        return []
    last = readings[-1]
    if last.measure is None and last.end < len(text):
        after = text[last.end]
        if after.isalnum() or (after in "/:" and text[last.end + 1 : last.end + 2].isalnum()):
            return []
    if match["code"] and readings[0].measure is None:
        unit = unit_named(match["code"].strip())
        begin = match.start("code")
        if unit is not None:
            return [replace(readings[0], start=begin, unit=unit.symbol), *readings[1:]]
    return readings


def _inherited(text: str, reading: Reading, words: list[str], found: list[Mention]) -> str | None:
    """Return the unit that a number without one takes from the words or the quantity before it."""
    if reading.unit or reading.measure is not None or reading.numeral.spoken:
        return None
    if words[:1] == ["("] and text.startswith(" là ", reading.end) and found:
        value = found[-1].value
        return value.unit if isinstance(value, Amount) else None
    return counted_before(text, reading, words)


def _falls_with(text: str, reading: Reading, words: list[str], found: list[Mention]) -> bool:
    """Tell whether the quantity is by how much something fell, also as `(0,18%)` behind such a quantity."""
    if falls(text, reading.end, words):
        return True
    last = found[-1] if found else None
    if last is None or not isinstance(last.value, Amount) or last.value.low is None or last.value.low >= 0:
        return False
    return last.end == reading.start - 2 and text.startswith(" (", last.end)


def find_quantities(article: Article, taken: Sequence[Mention] = ()) -> list[Mention]:
    """Find the quantities of an article, in order; none starts inside one of the `taken` mentions.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [mention.value.unit for mention in find_quantities(read("thu hút hơn 9,6 tỷ USD vào 25 tổ chức"))]
    ['USD', 'tổ chức']
    """
    text = article.text
    foreign = _is_foreign(text)
    spans = sorted((mention.start, mention.end) for mention in taken if mention.label != "QUANTITY")
    found: list[Mention] = []
    pos, place, search = 0, 0, _start().search
    while (match := search(text, pos)) is not None:
        start = match.start("digit") if match["digit"] else match.start()
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] <= start:
            pos = spans[place][1]
            continue
        run = _RUN.match(text, start)
        pos = run.end() if run is not None else start + 1
        for reading in _readings_at(text, match, start, foreign):
            words = words_before(text, reading.start)
            unit = _inherited(text, reading, words, found)
            if unit is not None:
                reading, weight = replace(reading, unit=unit), 0.7
            else:
                weight = score(text, reading, words)
            if weight > 0:
                found.append(_mention(text, reading, weight, words, _falls_with(text, reading, words, found)))
                pos = max(pos, reading.end)
    return found
