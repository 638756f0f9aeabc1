"""What stands behind a number: a unit of measure or a counted noun, and the denominators of a rate."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.counted import read_counted
from viet_report_ie.mentions.number_literals import read_literal
from viet_report_ie.mentions.units import Unit, read_token_phrase, read_unit, unit_named, unit_of_symbol

__all__ = ["Measure", "read_measure", "read_rate"]

_SLASH = regex.compile(r" ?/ ?(?=[\p{L}\d])")
_RATE_SIGNS = frozenset(" /")
_DATE = regex.compile(r" \d")
_PER = regex.compile(r" (mỗi|một|cho mỗi|cho một|trên một|trên mỗi|trên)(?= )")


class Measure(NamedTuple):
    """A unit or counted noun in its normal form; `base` is the unit before the denominators, if it is one."""

    unit: str
    end: int
    base: Unit | None
    known: bool = True
    announcing: bool = False


@cache
def _after_word() -> frozenset[str]:
    return frozenset(load_toml("units")["denominators"]["after_word"])


@cache
def _denominators() -> dict[str, str]:
    return dict(load_toml("units")["denominators"]["names"])


@cache
def _nouns() -> dict[str, str]:
    return dict(load_toml("units")["nouns"]["names"])


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(load_toml("units")["ambiguous"]["names"])


def _denominator(text: str, pos: int) -> tuple[str, int] | None:
    """Read what a `/` divides by: a unit, a noun, or a number of them (`10.000 dân`)."""
    prefix = ""
    if text[pos : pos + 1].isdecimal():
        literal = read_literal(text, pos)
        if literal is None:
            return None
        prefix = f"{text[pos : literal.end]} "
        pos = literal.end + (text[literal.end : literal.end + 1] == " ")
    phrases = read_token_phrase(text, pos, 2)
    if not phrases:
        return None
    for phrase, end in reversed(phrases):
        if phrase in _denominators():
            return prefix + _denominators()[phrase], end
    word, end = phrases[0]
    unit, noun = read_unit(text, pos), read_counted(text, pos)
    if unit is not None and (noun is None or not noun.known or unit[1] >= noun.end):
        return prefix + unit[0].symbol, unit[1]
    if noun is not None:
        return prefix + noun.unit, noun.end
    return (prefix + word, end) if not prefix else None


def read_rate(text: str, unit: str, end: int, bare: bool = False) -> tuple[str, int]:
    """Read the denominators behind `unit`: `/người/tháng`, `mỗi ha`, `một tháng`."""
    for _ in range(3):
        if text[end : end + 1] not in _RATE_SIGNS:
            break
        slash = _SLASH.match(text, end)
        if slash is not None:
            denominator = _denominator(text, slash.end())
        else:
            per = _PER.match(text, end)
            denominator = _named_denominator(text, per, bare) if per is not None else None
        if denominator is None:
            break
        unit, end = f"{unit}/{denominator[0]}", denominator[1]
    return unit, end


def _named_denominator(text: str, per: regex.Match[str], bare: bool) -> tuple[str, int] | None:
    """Read the denominator of `mỗi tháng`, `một người`, `trên giờ`: a unit or a usual noun."""
    pos, above = per.end(), per.group(1) == "trên"
    found = read_unit(text, pos)
    if found is not None and not found[0].is_money and found[0].dimension != "share":
        return (found[0].symbol, found[1]) if bare or not above or found[0].is_duration else None
    for phrase, end in reversed(read_token_phrase(text, pos, 2)):
        if phrase.lower() in _after_word() and not above:
            return phrase.lower(), end
    return None


def read_measure(text: str, pos: int, *, scaled: bool = False, bare: bool = False) -> Measure | None:
    """Read the unit or counted noun that starts at `pos`, with its denominators."""
    found = read_unit(text, pos)
    if found is not None and not (scaled or bare) and text[pos : found[1]].strip().lower() in _ambiguous():
        found = None
    noun = read_counted(text, pos)
    if found is not None and (noun is None or not noun.known or found[1] >= noun.end):
        unit, end = found
        if unit.is_duration and scaled and _DATE.match(text, end):
            return None
        symbol, end = read_rate(text, unit.symbol, end, bare)
        whole = unit_named(symbol)
        return Measure(whole.symbol if whole is not None else symbol, end, unit)
    if noun is None:
        return None
    if bare and noun.unit in _nouns():
        return Measure(_nouns()[noun.unit], noun.end, unit_of_symbol(_nouns()[noun.unit]))
    symbol, end = read_rate(text, noun.unit, noun.end, bare) if noun.known else (noun.unit, noun.end)
    return Measure(symbol, end, None, noun.known, noun.announcing)
