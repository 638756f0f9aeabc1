"""The words of numbers: units and tens, scales, and the digits behind a spoken point."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import regex

from viet_report_ie.lexicon import load_toml

__all__ = ["NumberWords", "below_hundred", "number_words", "point_digits", "read_scale", "tenth", "word_at"]

_WORD = regex.compile(r" ?([^\W\d_]{1,8}+)")
_MOST_DIGITS = 30


@dataclass(frozen=True)
class NumberWords:
    """The lexicon of number words."""

    digits: dict[str, Decimal]
    after_ten: dict[str, Decimal]
    short_tens: dict[str, Decimal]
    scales: dict[str, Decimal]
    short_scales: dict[str, Decimal]
    bare: dict[str, Decimal]
    ten: frozenset[str]
    tens: frozenset[str]
    zero_link: frozenset[str]
    half: frozenset[str]
    leading: frozenset[str]
    before_leading: frozenset[str]
    after_year: frozenset[str]
    point: frozenset[str]
    minus: frozenset[str]
    vague: frozenset[str]
    not_scales: frozenset[str]
    not_four: frozenset[str]


@cache
def number_words() -> NumberWords:
    """Return the lexicon of number words."""
    data = load_toml("numbers")
    tables: dict[str, Any] = {
        table: {str(word): Decimal(str(value)) for word, value in data[table].items()}
        for table in ("digits", "after_ten", "short_tens", "scales", "short_scales", "bare")
    }
    tables |= {name: frozenset(forms) for name, forms in data["words"].items()}
    return NumberWords(**tables)


def word_at(text: str, pos: int) -> tuple[str, int]:
    """Return the word at `pos`, after at most one space, in lower case, and its end; "" if there is none."""
    match = _WORD.match(text, pos)
    if match is None or text[match.end() : match.end() + 1].isalpha():
        return "", pos
    return match.group(1).lower(), match.end()


def read_scale(text: str, pos: int, bare: bool) -> tuple[Decimal, int] | None:
    """Read a scale word at `pos` (`tỷ`, `tr`, also joined as in `tỷđồng`): its value and its end."""
    match = _WORD.match(text, pos)
    if match is None:
        return None
    lexicon, word, end = number_words(), match.group(1), match.end()
    attached = match.start(1) == pos
    if bare and attached and word in lexicon.short_scales and not text[end : end + 1].isalpha():
        return lexicon.short_scales[word], end
    if word.endswith("đồng"):
        word, end = word[:-4], end - 4
    lower = word.lower()
    if text[end : end + 1].isalpha() and not text.startswith("đồng", end):
        return None
    if lower == "k" and not bare and not (attached and word == "k"):
        return None
    value = lexicon.scales.get(lower)
    if value is None or f"{lower} {word_at(text, end)[0]}" in lexicon.not_scales:
        return None
    return value, end


def below_hundred(text: str, pos: int, first: bool) -> tuple[Decimal, int, int] | None:
    """Read a spoken number below 100 at `pos`: its value, its end and its count of words.

    `linh năm` is 5 where it is not the `first` group. `năm` behind `mươi` is a year: 25 is `hai mươi lăm`.
    """
    lexicon = number_words()
    word, end = word_at(text, pos)
    if word in lexicon.zero_link:
        digit, after = word_at(text, end)
        value = lexicon.digits.get(digit, lexicon.after_ten.get(digit))
        return (value, after, 2) if not first and value else None
    if word in lexicon.ten:
        tens, words = Decimal(10), 1
    elif word in lexicon.short_tens:
        digit, after = word_at(text, end)
        value = lexicon.digits.get(digit, lexicon.after_ten.get(digit))
        return (lexicon.short_tens[word] + value, after, 2) if value and digit != "năm" else None
    elif word in lexicon.digits:
        digit_value = lexicon.digits[word]
        following, after = word_at(text, end)
        if following in lexicon.after_ten and digit_value > 1:
            if following == "tư" and word_at(text, after)[0] in lexicon.not_four:
                return digit_value, end, 1
            return digit_value * 10 + lexicon.after_ten[following], after, 2
        if following not in lexicon.tens or not digit_value:
            return digit_value, end, 1
        tens, end, words = digit_value * 10, after, 2
    else:
        return None
    unit, after = word_at(text, end)
    value = lexicon.after_ten.get(unit, lexicon.digits.get(unit))
    if value and unit != "năm" and word_at(text, after)[0] not in lexicon.tens:
        return tens + value, after, words + 1
    return tens, end, words


def tenth(text: str, pos: int) -> tuple[Decimal, int] | None:
    """Read the `mốt`, `tư` or `lăm` of `hai tỷ mốt`, `hai mét tư` at `pos`: its value and its end."""
    lexicon, (word, end) = number_words(), word_at(text, pos)
    value = lexicon.after_ten.get(word)
    return None if value is None or word_at(text, end)[0] in lexicon.not_four else (value, end)


def _goes_on(text: str, pos: int) -> bool:
    """Tell whether `năm` before `pos` is a digit: the number goes on, or nothing follows."""
    lexicon, word = number_words(), word_at(text, pos)[0]
    return not word or word in lexicon.digits or word in lexicon.scales or word in ("phần", "độ")


def point_digits(text: str, pos: int) -> tuple[str, int]:
    """Read the spoken digits behind `phẩy` at `pos`: `không năm` is 05, `mười bốn` is 14, `77` is 77."""
    digits, end = "", pos
    if text[pos : pos + 1] == " " and text[pos + 1 : pos + 2].isdecimal():
        while end + 1 < len(text) and text[end + 1].isdecimal() and len(digits) < _MOST_DIGITS:
            end += 1
        return text[pos + 1 : end + 1], end + 1
    while len(digits) < _MOST_DIGITS:
        group = below_hundred(text, end, first=True)
        if group is None:
            break
        value, after, _ = group
        if digits and text[end:after].strip().lower() == "năm" and not _goes_on(text, after):
            break
        digits, end = digits + str(value), after
        if value > 9:
            break
    return digits, end
