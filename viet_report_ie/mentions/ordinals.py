"""Finds ordinals: `thứ nhất`, `lần thứ ba`, `thứ 25`, `đầu tiên`, `khóa XIII`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives
from viet_report_ie.mentions.numbers import read_numeral
from viet_report_ie.text.article import Article

__all__ = ["Ordinal", "find_ordinals", "roman_value"]

_ROMAN = regex.compile(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class Ordinal:
    """A place in an order, from its first cue word (`lần thứ ba`) on."""

    start: int
    end: int
    value: int


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral.

    Examples
    --------
    >>> roman_value("XIV"), roman_value("XXI")
    (14, 21)
    """
    values = [_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values)
    )


@cache
def _cue() -> regex.Pattern[str]:
    data = load_toml("ordinals")
    cues = alternatives({*data["cues"], *data["roman"]})
    whole = alternatives(data["whole"])
    return regex.compile(rf"(?<!\w)(?:(?P<cue>{cues}) (?=\w)|(?P<whole>{whole})(?!\w))", regex.IGNORECASE)


@cache
def _word() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{alternatives(load_toml('ordinals')['words'])})(?!\w)", regex.IGNORECASE)


def _value_after(text: str, pos: int, cue: str) -> tuple[int, int] | None:
    """Read the number behind a cue: its value and its end."""
    data = load_toml("ordinals")
    roman = _ROMAN.match(text, pos) if cue in data["roman"] else None
    if roman is not None:
        return roman_value(roman.group()), roman.end()
    if cue not in data["cues"]:
        return None
    word = _word().match(text, pos)
    if word is not None:
        return data["words"][word.group().lower()], word.end()
    numeral = read_numeral(text, pos)
    if numeral is None or numeral.value != numeral.value.to_integral_value() or numeral.value < 1:
        return None
    return int(numeral.value), numeral.end


def find_ordinals(article: Article) -> list[Ordinal]:
    """Find the ordinals of an article, in order; `thứ hai` may also be a Monday, which dates tell.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> [ordinal.value for ordinal in find_ordinals(read("kỳ họp thứ 5, khóa XV, lần thứ hai mươi mốt"))]
    [5, 15, 21]
    """
    text = article.text
    found: list[Ordinal] = []
    pos = 0
    while (match := _cue().search(text, pos)) is not None:
        pos = match.end()
        if match["whole"]:
            found.append(
                Ordinal(match.start(), match.end(), load_toml("ordinals")["whole"][match["whole"].lower()])
            )
            continue
        value = _value_after(text, pos, match["cue"].lower())
        if value is not None:
            found.append(Ordinal(match.start(), value[1], value[0]))
            pos = value[1]
    return found
