"""The head of a counted noun phrase: `25 tổ chức Đảng` counts `tổ chức`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml, load_tsv
from viet_report_ie.mentions.units import openings, read_token_phrase

__all__ = ["Counted", "read_counted"]


class Counted(NamedTuple):
    """A counted head: the words for `unit`, its end, and how sure it is that it is counted."""

    unit: str
    end: int
    known: bool
    announcing: bool = False


@cache
def _nouns() -> dict[str, str]:
    """Return the heads by lower case; acronyms keep their capitals as value."""
    return {row[0].lower(): row[0] for row in load_tsv("counted_nouns")}


@cache
def _openings() -> frozenset[str]:
    return openings([*_nouns(), *_words("not_counted")])


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(load_toml("quantities")[table]["words"])


def read_counted(text: str, pos: int) -> Counted | None:
    """Read the head noun that starts at `pos`, after at most one space.

    Examples
    --------
    >>> read_counted("25 tổ chức Đảng", 2).unit
    'tổ chức'
    """
    if text.startswith(" số ", pos):
        counted = read_counted(text, pos + 3)
        return counted if counted is not None and counted.known else None
    if text.startswith(' "', pos):
        counted = read_counted(text, pos + 2)
        closed = counted is not None and counted.known and text[counted.end : counted.end + 1] == '"'
        return counted if closed else None
    phrases = read_token_phrase(text, pos, 5, _openings())
    excluded = _words("not_counted")
    for phrase, end in reversed(phrases):
        lower = phrase.lower()
        if " " in phrase and lower in excluded:
            return None
        noun = _nouns().get(lower)
        if noun is not None and (
            " " in phrase or not phrase[0].isupper() or phrase == noun or phrase[1:].islower()
        ):
            return Counted(noun, end, True, lower in _words("announcing"))
    if not phrases:
        return None
    word, end = phrases[0]
    if len(word) > 1 and word.isupper() and text[pos : pos + 1] == " ":
        return Counted(word, end, False)
    if not word.islower() or len(word) < 2 or word in excluded:
        return None
    return Counted(word, end, False)
