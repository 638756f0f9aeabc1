"""What the words around a number say of it: a bound (`hơn`, `trở lên`) or a fall (`giảm 3%`)."""

from __future__ import annotations

from functools import lru_cache

import regex

from viet_report_ie.lexicon import load_toml

__all__ = ["bound_of", "falls"]

_BACK = regex.compile(r"[\p{L}]+|[<>≥≤≈~()]|\S", regex.REVERSE)
_MOST = 4


@lru_cache(maxsize=None)
def _before() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["before"].items() for word in words}


@lru_cache(maxsize=None)
def _after() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["after"].items() for word in words}


@lru_cache(maxsize=None)
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load_toml("bounds")[table][key])


def words_before(text: str, pos: int, most: int) -> list[str]:
    """Return up to `most` words before `pos`, nearest first, lower case, not beyond the line or a clause sign."""
    words: list[str] = []
    low = max(0, pos - 60)
    end = pos
    while len(words) < most:
        match = _BACK.search(text, pos=low, endpos=end)
        if match is None or "\n" in text[match.end() : end]:
            break
        words.append(match.group().lower())
        end = match.start()
    return words


def bound_of(text: str, start: int, end: int) -> str:
    """Return the bound of the quantity at `start` … `end`: one of ``= ~ > >= < <=``.

    Examples
    --------
    >>> text = "đạt hơn 60%"
    >>> bound_of(text, 8, 11)
    '>'
    """
    tail = text[end : end + 24].lower().lstrip(" )")
    for count in (3, 2):
        phrase = " ".join(tail.split(" ")[:count]).rstrip(".,;:)")
        if phrase in _after():
            return _after()[phrase]
    words = words_before(text, start, _MOST + 2)
    links = _words("links", "words")
    for skip in range(3):
        for count in range(min(_MOST, len(words) - skip), 0, -1):
            bound = _before().get(" ".join(reversed(words[skip : skip + count])))
            if bound is not None and not (skip and bound == "~" and words[0] == "từ"):
                return bound
        if skip >= len(words) or not (words[skip] in links or words[skip] == "("):
            break
    return "="


def falls(text: str, start: int) -> bool:
    """Tell whether the number at `start` says by how much something fell."""
    words = words_before(text, start, 5)
    adverbs = _words("falls", "adverbs")
    for place, word in enumerate(words):
        if word in _words("falls", "words"):
            return True
        if word == "xuống" and place + 1 < len(words) and words[place + 1] == "giảm":
            return False
        if word not in adverbs and not (place + 1 < len(words) and f"{words[place + 1]} {word}" in adverbs):
            return False
    return False
