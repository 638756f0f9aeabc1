"""The kinds of document: the words and symbols that name them, the grammar of their numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml

__all__ = ["BARE_SYMBOL", "CAPITAL", "NAMED_NUMBER", "NUMBER", "Kinds", "load_kinds"]

CAPITAL = "[A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
"""One capital letter of Vietnamese, as a pattern."""

_UP = "[A-ZĐƯÂÊÔĂƠ]"
# A part of a symbol: the session of a parliament (`QH15`), two capitals (`NQ`, `TTg`, `QĐi`, `T.Ư`),
# a capital and a number (`C67`), or the `L` of the president's orders.
_PART = (
    rf"(?:(?:QH|UBTVQH) ?[0-9]{{1,2}}|{_UP}[a-zđ]{{0,3}}{_UP}[\w&]{{0,16}}|Ttg|{_UP}\.{_UP}"
    rf"|{_UP}{{1,2}} ?[0-9]{{1,2}}|L(?=-CTN))(?!\w)"
)
# Text that was stored as tokens has spaces in a symbol: `1 20/2 018/NĐ - CP`, `18/CAT - PC 46`.
_DIGITS = r"(?:[0-9] [0-9]{2}(?=/[12] [0-9]{3})|[0-9]{1,6})(?:[a-zđ]| [a-zđ](?= ?/))?"
_YEARED = r"(?:/[12] ?[0-9]{3}(?![0-9])|-(?:19|20)[0-9]{2}(?=/))?"
_SECTION = rf"(?:(?<=- )(?!CP|TW|TU){_UP}{{1,2}} [0-9]{{1,2}}(?![\w/.,]*[0-9])|{_PART})"
_SYMBOL = (
    rf"{_DIGITS}{_YEARED}(?: ?[-/] ?{_PART}| (?=[A-ZĐ]{{2,4}} ?[-/] ?[A-ZĐ]){_PART})"
    rf"(?: ?[-/.&] ?{_SECTION}){{0,5}}"
)

NUMBER = re.compile(rf"{_SYMBOL}|[0-9]{{1,6}}[a-zđ]?(?:/[0-9]{{4}})?(?![\w%])(?![.,/-][0-9])")
"""The number of a document after its type word: a symbol, or digits with or without the year."""

NAMED_NUMBER = re.compile(rf",? \(?số ({_SYMBOL})\)?")
"""A symbol after the name of a law: `Luật Đất đai số 45/2013/QH13`."""

BARE_SYMBOL = re.compile(rf"(?<![\w/.,-]){_SYMBOL}")
"""A symbol that stands without a type word."""


class Kinds(NamedTuple):
    """The words and symbols of the kinds, and the pattern that finds a type word at its first syllable."""

    anchor: re.Pattern[str]
    firsts: frozenset[str]
    shorts: frozenset[str]
    acronyms: dict[str, tuple[str, str]]
    by_word: dict[str, str]
    by_symbol: dict[str, str]
    symbols: dict[str, frozenset[str]]
    verbs: frozenset[str]


@cache
def load_kinds() -> Kinds:
    """Read the kinds of document."""
    lexicon = load_toml("documents")
    by_word: dict[str, str] = {}
    by_symbol: dict[str, str] = {}
    for row in lexicon["kinds"]:
        by_word |= dict.fromkeys([row["kind"], *row.get("short", ()), *row.get("spelled", ())], row["kind"])
        for symbol in row["symbols"]:
            by_symbol.setdefault(symbol, row["kind"])
    acronyms = {code: (kind, name) for code, kind, name in lexicon["acronyms"]["codes"]}
    ordered = sorted(by_word, key=len, reverse=True)
    words = [word for word in ordered if word.islower()]
    shorts = [word for word in ordered if not word.islower()]
    anchor = (
        rf"(?P<word>(?i:{'|'.join(words)}))(?!\w)"
        rf"|(?P<short>{'|'.join(shorts)})(?=[ -]?(?:số )?[0-9]| ?TW| Trung)"
        rf"|(?P<acronym>{'|'.join(acronyms)})(?!\w)"
    )
    firsts = {word.split()[0] for word in words}
    return Kinds(
        re.compile(anchor),
        frozenset(firsts | {word.capitalize() for word in firsts} | {word.upper() for word in firsts}),
        frozenset([*shorts, *(short + "TW" for short in shorts), *acronyms]),
        acronyms,
        by_word,
        by_symbol,
        {row["kind"]: frozenset(row["symbols"]) for row in lexicon["kinds"]},
        frozenset(row["kind"] for row in lexicon["kinds"] if row.get("verb")),
    )
