"""Strings that break careless programs, for the tests of every room."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["NASTY", "Factory"]

Factory = Callable[[int], str]
"""Makes a string of about as many characters as asked for."""


def _repeat(unit: str) -> Factory:
    return lambda size: unit * max(1, size // len(unit))


_UNITS = {
    "digits": "7",
    "letters": "a",
    "capitals": "Đ",
    "spaces": " ",
    "new lines": "\n",
    "blank lines": " \n",
    "carriage returns": "\r",
    "zero-width spaces": "\u200b",
    "letters and zero-width spaces": "a\u200b",
    "stops": ".",
    "stops and spaces": ". ",
    "stops and capitals": ".A",
    "initials": "A. ",
    "ellipses": "…",
    "question marks": "?!",
    "quotes": '"',
    "stops and quotes": '." ',
    "opened brackets": "(",
    "closed brackets": ")",
    "dashes": "–",
    "commas": ",",
    "digits and commas": "1,",
    "digits and stops": "1.",
    "digits and spaces": "1 ",
    "digits and slashes": "12/",
    "digits and dashes": "3-",
    "ampersands": "&",
    "entities": "&amp;",
    "nested entities": "&amp;amp;nbsp;",
    "broken entities": "&#",
    "combining marks": "\u0301",
    "combining marks of two classes": "\u0301\u0323",
    "decomposed syllables": "ho\u0323\u0302a\u0300 ",
    "lone surrogates": "\ud800",
    "paired surrogates apart": "\ud83d\ude00",
    "control characters": "\x00\x08\x1b",
    "bidi controls": "\u202e(\u2067",
    "emoji": "👩‍👩‍👧",
    "hangul jamo": "\u1112\u1161\u11ab",
    "right to left": "שלום ",
    "syllables": "hoà ",
    "syllables without a space": "Hoà",
    "capitalized syllables": "Nguyễn ",
    "amounts": "9,6 tỷ đồng ",
    "amounts without a space": "9,6tỷđồng",
    "percentages": "12,5% ",
    "ranges": "5-10-",
    "years": "năm 2020 ",
    "dates": "ngày 19-7-2020, ",
    "document numbers": "45-NQ/TW ",
    "abbreviations": "TP. ",
    "titles": "Phó Chủ tịch ",
    "bodies": "UBND ",
    "zones": "KCN ",
    "documents": "Nghị quyết ",
    "wrapped lines": "và\n",
    "addresses": "www.a.vn/",
    "tags": "<p>",
    "underscores": "_",
    "private use": "\ue000",
    "tabs": "\t",
    "mojibake": "Ä‘á»“ng ",
}

NASTY: list[tuple[str, Factory]] = [
    ("nothing", lambda _: ""),
    ("a blank", lambda _: " \t\u00a0\n"),
    ("a byte order mark", lambda _: "\ufeff"),
    *((name, _repeat(unit)) for name, unit in _UNITS.items()),
]
"""Names and factories: ``make(20_000)`` for a test, ``make(5_000_000)`` to see that time grows in a line."""
