"""Finds the quantities of an article: numbers with a unit or a counted noun, and what bounds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.bounds import bound_of, falls, words_before
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.quantity_reader import Reading, read_quantities
from viet_report_ie.mentions.units import unit_named
from viet_report_ie.text.article import Article

__all__ = ["find_quantities"]

_FOREIGN = regex.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d{1,2}(?!\d)|(?=,\d{3}))")
_NATIVE = regex.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d{1,2}(?!\d)|(?=\.\d{3}))|\d,\d{1,2}(?!\d)")
_SENTENCE_SIGNS = frozenset('.!?:;\n"(-')
_SOLID = frozenset({"share", "points", "temperature", "area", "length", "mass", "volume", "power", "energy"})


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(load_toml("quantities")[table][key])


@cache
def _start() -> regex.Pattern[str]:
    numbers = load_toml("numbers")
    words = [*numbers["digits"], *numbers["words"]["ten"], "gấp", "phân nửa"]
    codes = "VND|VNĐ|USD|EUR|GBP|JPY|CNY|US\\$|[$€£¥₫₩]"
    return regex.compile(
        rf"(?P<code>(?<!\w)(?:{codes}) ?)?(?P<digit>\d)|(?<!\w)(?P<word>{'|'.join(words)})(?!\w)",
        regex.IGNORECASE,
    )


def _is_foreign(text: str) -> bool:
    """Tell whether the text groups thousands with commas: it does so plainly, and never the native way."""
    return _FOREIGN.search(text) is not None and _NATIVE.search(text) is None


def _looks_like_year(text: str, reading: Reading) -> bool:
    raw = text[reading.start : reading.numeral.end]
    return len(raw) == 4 and raw.isdigit() and "1900" < raw < "2101" and raw != "2000"


def _labelled(words: list[str], known: bool) -> bool:
    """Tell whether the words before a number make it a name or an ordinal: `quận 1`, `lần 2`."""
    pair = " ".join(reversed(words[:2]))
    if not words or pair in _words("labels", "inside"):
        return False
    label = pair if pair in _words("labels") else words[0] if words[0] in _words("labels") else None
    return label is not None and not (known and label in _words("labels", "weak"))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" ") if start < 3 else text[start - 3 : start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_SIGNS


def _score(text: str, reading: Reading) -> float:
    """Weigh a reading by its surroundings: 0 is no quantity, below 0.5 what careful readers may leave out."""
    measure, spoken = reading.measure, reading.numeral.spoken
    words = words_before(text, reading.start, 3)
    first = text[reading.start : reading.numeral.end].split(" ")[0]
    if (
        words
        and words[0] in _words("vague", "before")
        and (reading.numeral.scaled or words[0] in ("vài", "mấy"))
    ):
        return 0.0
    if spoken and first[:1].isupper() and not _begins_sentence(text, reading.start):
        return 0.0
    if reading.unit in ("x", "%") and measure is None:
        return 0.9
    if measure is None:
        return (
            0.8
            if reading.numeral.scale >= 1000 and not (words and words[0] in _words("vague", "before"))
            else 0.0
        )
    if measure.base is not None:
        if measure.base.is_duration and "/" not in measure.unit:
            return 0.3
        if spoken and reading.numeral.value == 1 and not measure.base.is_money:
            return 0.0
        return 0.95
    if not reading.low == reading.low.to_integral_value():
        return 0.0 if not measure.known else 0.8
    if spoken and not reading.numeral.scaled:
        if (first.lower() == "một" and reading.low == 1) or not measure.known:
            return 0.0
        if first.lower() == "năm" and reading.low == 5 and words and words[0] in _words("year_cues"):
            return 0.0
    if _labelled(words, measure.known) and not reading.numeral.scaled:
        return 0.0
    if _looks_like_year(text, reading) and not (
        measure.known and words and words[0] in ("có", "được", "gồm")
    ):
        return 0.0
    if measure.announcing and reading.low < 20:
        return 0.4
    if measure.known:
        return 0.9
    name = text[max(0, reading.start - 20) : reading.start].rsplit(" ", 2)[-2:-1]
    return 0.0 if text[reading.start - 1 : reading.start] == "-" or (name and name[0][:1].isupper()) else 0.6


def _clean(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _mention(text: str, reading: Reading, score: float) -> Mention:
    unit = reading.unit
    start = reading.start
    if unit == "lần":
        unit = (
            "x" if set(words_before(text, start, 2)) & {"gấp", "tăng", "giảm", "hơn", "kém", "bằng"} else unit
        )
    low, high = _clean(reading.low), _clean(reading.high)
    if falls(text, start, reading.end):
        low, high = -high, -low
    amount = Amount(low, high, reading.whole, unit, bound_of(text, start, reading.end))
    return Mention("QUANTITY", start, reading.end, "quantity rules", score, amount)


def find_quantities(article: Article, taken: Sequence[Mention] = (), *, bare: bool = False) -> list[Mention]:
    """Find the quantities of an article, in order.

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
    pos, place = 0, 0
    while True:
        match = _start().search(text, pos)
        if match is None:
            return found
        start = match.start("digit") if match["digit"] else match.start()
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] <= start:
            pos = spans[place][1]
            continue
        readings = _readings_at(text, match, start, foreign, bare)
        for reading in readings:
            score = _score(text, reading)
            if score > 0:
                found.append(_mention(text, reading, score))
        pos = (
            max(readings[-1].end, start + 1)
            if readings and found and found[-1].end == readings[-1].end
            else _skip(text, start)
        )


_RUN = regex.compile(r"\d++(?:[.,:/-]\d++)*+|\p{L}++")


def _skip(text: str, start: int) -> int:
    run = _RUN.match(text, start)
    return run.end() if run is not None else start + 1


def _readings_at(text: str, match: regex.Match[str], start: int, foreign: bool, bare: bool) -> list[Reading]:
    if match["digit"] and start > 0:
        before = text[start - 1]
        if before.isalnum() or before == "_":
            if not (before.islower() and before.isalpha() and start > 1 and text[start - 2].isalpha()):
                return []
        elif before in ".,/:-+@#" and start > 1 and text[start - 2].isalnum():
            return []
    readings = read_quantities(text, start, foreign=foreign, bare=bare)
    if not readings:
        return []
    end = readings[-1].end
    if readings[-1].measure is None and end < len(text):
        after = text[end]
        if after.isalnum() or (after in "/:" and text[end + 1 : end + 2].isalnum()):
            return []
    if match["code"] and readings[0].measure is None:
        unit = unit_named(match["code"].strip())
        if unit is not None:
            begin = match.start("code")
            readings = [replace(reading, start=begin, unit=unit.symbol) for reading in readings]
    return readings
