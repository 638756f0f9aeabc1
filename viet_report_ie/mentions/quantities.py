"""Finds the quantities of an article: numbers with a unit or a counted noun, and what bounds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.bounds import bound_of, falls
from viet_report_ie.mentions.fractions import VULGAR
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.number_literals import plain
from viet_report_ie.mentions.number_words import number_words
from viet_report_ie.mentions.quantity_reader import read_quantities
from viet_report_ie.mentions.reading import Reading
from viet_report_ie.mentions.surroundings import (
    counted_before,
    has_context,
    is_negation,
    is_vague,
    lists_names,
    score,
    words_before,
)
from viet_report_ie.mentions.units import CODE_NAMES, CODES, RARE_CODES, read_unit, unit_named
from viet_report_ie.text.article import Article

__all__ = ["find_quantities"]

_FOREIGN = regex.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})++(?:\.\d{1,2}(?!\d)|(?<=,\d{3},\d{3}))")
_NATIVE = regex.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3})++(?:,\d{1,2}(?!\d)|(?<=\.\d{3}\.\d{3}))|\d,\d{1,2}(?!\d)"
)
_RUN = regex.compile(r"\d++(?:[.,:/-]\d++)*+|\p{L}++")
_ATTACHED = regex.compile(r"(?<!\w)\p{L}{2,}+$")
_NUMBER = regex.compile(r"\d{1,2} ?[/-] ?\d{1,2}|\d{4}")
_DIGITS = re.compile(r"\d+")
_CODE_ENDS = frozenset(code[-1] for code in CODE_NAMES)
_LONGEST_CODE = max(map(len, CODE_NAMES)) + 1  # with a space behind it
_WORDS_SEEN = 8
"""No rule for articles looks at more words before a number."""
_TIMES_CUES = frozenset({"gấp", "tăng", "giảm", "hơn", "kém", "bằng"})


@cache
def _start(bare: bool) -> regex.Pattern[str]:
    """Return the pattern of all places where a quantity may start: a digit or a number word."""
    numbers = load_toml("numbers")
    words = [
        *numbers["digits"],
        *numbers["short_tens"],
        *numbers["words"]["ten"],
        "gấp",
        "phân nửa",
        *((*numbers["bare"], *numbers["words"]["leading"]) if bare else ()),
    ]
    cases = (str.lower, str.capitalize, str.upper) if bare else (str.lower, str.capitalize)
    forms = "|".join(case(word) for word in words for case in cases)
    codes = f"{CODES}|{RARE_CODES}|{CODES.lower()}" if bare else CODES
    digit = rf"[\d{VULGAR}]|(?<![\w.,])[.,](?=\d)" if bare else r"\d"
    return regex.compile(rf"(?P<code>(?<!\w)(?:{codes}) ?)?(?P<digit>{digit})|(?<!\w)(?:{forms})(?!\w)")


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which a match of :func:`_start` may begin where the text is an article."""
    numbers = load_toml("numbers")
    words = [*numbers["digits"], *numbers["short_tens"], *numbers["words"]["ten"], "gấp", "phân"]
    return frozenset(case(word) for word in words for case in (str.lower, str.capitalize))


def _finder(article: Article, bare: bool) -> Callable[[int], regex.Match[str] | None]:
    """Return what finds the next match of :func:`_start` behind an offset."""
    text, pattern = article.text, _start(bare)
    if bare:
        return lambda pos: pattern.search(text, pos)
    # The pattern is tried only at digits and number words: a search through an article takes long.
    words = _first_words()
    places = [run.start() for run in _DIGITS.finditer(text)]
    places += [start for (start, _), word in zip(article.tokens, article.words, strict=True) if word in words]
    places.sort()

    def find(pos: int) -> regex.Match[str] | None:
        if text[pos : pos + 1].isdecimal():
            return pattern.match(text, pos)
        for at in range(bisect_left(places, pos), len(places)):
            place = places[at]
            before = text[max(pos, place - 2) : place].rstrip(" ")
            if before and before[-1] in _CODE_ENDS and text[place].isdecimal():
                match = pattern.search(text, max(pos, place - _LONGEST_CODE), place + 1)
            else:
                match = pattern.match(text, place)
            if match is not None:
                return match
        return None

    return find


def _is_foreign(text: str) -> bool:
    """Tell whether the text groups thousands with commas: it does so plainly, and never the native way."""
    return _FOREIGN.search(text) is not None and _NATIVE.search(text) is None


def _mention(
    text: str, reading: Reading, weight: float, words: list[str], start: int, negative: bool
) -> Mention:
    unit = reading.unit
    if start < reading.start:
        words = words_before(text, start)
    if unit == "lần" and not _TIMES_CUES.isdisjoint(words[:2]):
        unit = "x"
    low = plain(reading.low)
    high = low if reading.high is reading.low else plain(reading.high)
    if negative and start < reading.start and not reading.falling:
        low, high = (-low, high) if reading.ranged else (-low, -low)
    elif negative:
        low, high = sorted((-low, -high))
    whole = None if reading.whole is None else plain(reading.whole)
    amount = Amount(low, high, whole, unit, bound_of(text, start, reading.end, words))
    return Mention("QUANTITY", start, reading.end, "quantity rules", weight, amount)


def _readings_at(text: str, match: regex.Match[str], start: int, foreign: bool, bare: bool) -> list[Reading]:
    if match["digit"] and start > 0:
        before, earlier = text[start - 1], text[start - 2 : start - 1]
        if before in "xX" and earlier.isdecimal():
            pass
        elif before.isalnum() or before == "_":
            word = _ATTACHED.search(text, pos=max(0, start - 10), endpos=start)
            if not match["code"] and (word is None or not word.group()[1:].islower()):
                return []
        elif before in ".,/:-+@#" and earlier.isalnum():
            return []
    readings = read_quantities(text, start, foreign=foreign, bare=bare)
    if not readings:
        return []
    last = readings[-1]
    if last.measure is None and last.end < len(text):
        after = text[last.end]
        if after.isalnum() or (after in "/:" and text[last.end + 1 : last.end + 2].isalnum()):
            return []
    if match["code"] and readings[0].measure is None:
        unit = unit_named(match["code"].strip())
        if unit is not None:
            first = readings[0]._replace(start=match.start("code"), unit=unit.symbol, assumed=False)
            thousands = first.numeral.thousands
            # No price has thousandths: `$1,250`.
            if thousands is not None and first.low == first.high:
                first = first._replace(low=thousands, high=thousands)
            return [first, *readings[1:]]
    return readings


def _sign(text: str, reading: Reading, words: list[str], bare: bool) -> int:
    """Return where the sign of a negative number stands: `âm 5 độ C`, `-3,5%`; -1 without one."""
    start = reading.start
    lexicon = number_words()
    if words[:1] and words[0] in lexicon.minus and (bare or words[0] == "âm"):
        return start - 1 - len(words[0])
    gap = 1 if bare and text[start - 1 : start] == " " else 0
    place = start - 1 - gap
    if place < 0 or text[place] != "-":
        return -1
    before = text[place - 1] if place else ""
    signed = bare or (reading.measure is not None and reading.measure.base is not None and before in " (")
    return place if signed and not before.isalnum() else -1


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


def _weigh(text: str, reading: Reading, words: list[str], found: list[Mention]) -> tuple[Reading, float]:
    unit = _inherited(text, reading, words, found)
    if unit is not None:
        return reading._replace(unit=unit), 0.7
    return reading, score(text, reading, words)


def _weigh_bare(text: str, reading: Reading, words: list[str], _: list[Mention]) -> tuple[Reading, float]:
    """Accept every number but ordinals; a scale word stands for money only where other words say so."""
    if reading.assumed and "/" not in reading.unit and not has_context(words):
        reading = reading._replace(unit="")
    if words[:1] == ["gấp"] and not reading.unit:
        reading = reading._replace(unit="x")
    if words[:1] == ["thứ"] or is_negation(text, reading) or is_vague(text, reading, words):
        return reading, 0.0
    return reading, max(0.6, score(text, reading, words))


def _is_number(text: str, start: int, end: int) -> bool:
    """Tell whether `1/2`, `1-10` or `2019` is no date: a unit follows, or there are no other words."""
    if _NUMBER.fullmatch(text, start, end) is None:
        return False
    return read_unit(text, end) is not None or not (text[:start].strip() or text[end:].strip())


def find_quantities(article: Article, taken: Sequence[Mention] = (), *, bare: bool = False) -> list[Mention]:
    """Find the quantities of an article, in order; none starts inside one of the `taken` mentions.

    With `bare`, the text is taken for a quantity or a few: numbers without a unit, durations and forms such
    as `3M` count too.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [mention.value.unit for mention in find_quantities(read("thu hút hơn 9,6 tỷ USD vào 25 tổ chức"))]
    ['USD', 'tổ chức']
    >>> find_quantities(read("âm ba phẩy năm"), bare=True)[0].value.low
    Decimal('-3.5')
    """
    text = article.text
    foreign = _is_foreign(text)
    spans = sorted(
        (mention.start, mention.end)
        for mention in taken
        if mention.label != "QUANTITY" and not (bare and _is_number(text, mention.start, mention.end))
    )
    found: list[Mention] = []
    pos, place, find = 0, 0, _finder(article, bare)
    while (match := find(pos)) is not None:
        start = match.start("digit") if match["digit"] else match.start()
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] <= start:
            pos = spans[place][1]
            continue
        run = _RUN.match(text, start)
        pos = run.end() if run is not None else start + 1
        readings = _readings_at(text, match, start, foreign, bare)
        for reading in readings:
            words = words_before(text, reading.start, None if bare else _WORDS_SEEN)
            weigh = _weigh_bare if bare else _weigh
            weighed, weight = weigh(text, reading, words, found)
            if weight == 0:
                if len(readings) > 1 and lists_names(words):
                    pos = max(pos, readings[-1].end)
                break
            sign = _sign(text, reading, words, bare)
            negative = sign >= 0 or _falls_with(text, reading, words, found)
            begin = sign if sign >= 0 else reading.start
            found.append(_mention(text, weighed, weight, words, begin, negative))
            pos = max(pos, reading.end)
    return found
