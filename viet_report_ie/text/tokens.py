"""Syllable tokens: what the taggers label."""

from __future__ import annotations

import re

__all__ = ["tokenize"]

# Bounded repetitions cut endless runs, so that a text without a space still gives tokens of ordinary size.
_TOKEN = re.compile(
    # a syllable or a code, with the marks that NFC could not compose: Hòa  B1  m2  KCN2
    r"[^\W\d_]{1,64}(?:[\u0300-\u036f]{1,16}[^\W\d_]{0,64}){0,3}(?:\d{1,4}(?![.,]?\d))?"
    r"|\d{1,32}(?:[.,]\d{1,32}){0,8}"  # a number keeps its separators: 9,6  100.000  19.7.2019
    r"|([^\w\s])\1{0,63}"  # a sign or a run of it: -  ...
    r"|\S"
)


def tokenize(text: str) -> list[tuple[int, int]]:
    """Return the spans of the syllable tokens of a shadow text, in order.

    A token is a run of letters with up to four digits joined to it (``m2``, ``B1``), a number with its inner
    separators (``9,6``, ``100.000``), or a run of one other sign. Codes and dates fall into pieces, so that a
    mention can begin or end at any of their signs; a unit is cut from the number that it follows.

    Examples
    --------
    >>> text = "Ngày 19-7, TP.HCM có 15ha, 9,6 km2 theo 45-NQ/TW..."
    >>> " ".join(text[start:end] for start, end in tokenize(text))
    'Ngày 19 - 7 , TP . HCM có 15 ha , 9,6 km2 theo 45 - NQ / TW ...'
    """
    return [*map(re.Match.span, _TOKEN.finditer(text))]
