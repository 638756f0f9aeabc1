"""What the words around a number say of it: a bound (`hơn`, `trở lên`) or a fall (`giảm 3%`)."""

from __future__ import annotations

from functools import cache

import regex

from viet_report_ie.lexicon import load_toml

__all__ = ["bound_of", "bound_syllables", "falls"]

_MOST = 4
_MOVES = regex.compile(r" (?:lên|xuống|đến|tới|còn)\b")


@cache
def _before() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["before"].items() for word in words}


@cache
def _after() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["after"].items() for word in words}


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load_toml("bounds")[table][key])


@cache
def _last_syllables() -> frozenset[str]:
    return frozenset(word.rpartition(" ")[2] for word in _before())


@cache
def bound_syllables() -> frozenset[str]:
    """Return all syllables of the bound words and of the words that link them to a number."""
    return frozenset(part for word in (*_before(), *_words("links", "words")) for part in word.split(" "))


def bound_of(text: str, start: int, end: int, words: list[str]) -> str:
    """Return the bound of the quantity at `start` … `end`: one of ``= ~ > >= < <=``.

    `words` are the words before it, nearest first.

    Examples
    --------
    >>> bound_of("đạt hơn 60%", 8, 11, ["hơn", "đạt"])
    '>'
    """
    after = _bound_after(text, end, words)
    if after is not None:
        return after
    links = _words("links", "words")
    last_syllables = _last_syllables()
    for skip in range(3):
        closes = skip < len(words) and words[skip] in last_syllables
        for count in range(min(_MOST, len(words) - skip) if closes else 0, 0, -1):
            phrase = " ".join(reversed(words[skip : skip + count]))
            bound = _before().get(phrase)
            if bound is None:
                continue
            if _compares(text, end, phrase) or (phrase.endswith(" từ") and _MOVES.match(text, end)):
                return "="
            if phrase == "khoảng" and words[skip + 1 : skip + 2] == ["trong"]:
                return "="
            return bound
        if skip >= len(words) or not (words[skip] in links or words[skip] == "("):
            break
    return "="


@cache
def _behind() -> regex.Pattern[str]:
    phrases = "|".join(_after())
    return regex.compile(rf"[^.,;:()\n]{{0,30}}?[ )]*+(?P<phrase>{phrases})(?!\w)")


@cache
def _right_behind() -> regex.Pattern[str]:
    return regex.compile(rf"[ )]*+(?P<phrase>{'|'.join(_after())})(?!\w)")


def _bound_after(text: str, end: int, words: list[str]) -> str | None:
    """Read `trở lên` right behind the quantity, or a few words later where `từ` opens the quantity."""
    match = (_behind() if words[:1] == ["từ"] else _right_behind()).match(text, end)
    if match is None:
        return None
    return _after()[match["phrase"]]


def _compares(text: str, end: int, phrase: str) -> bool:
    """Tell whether `thấp hơn 55% so với …` says how far apart two things are."""
    comparing = _words("comparing", "more") | _words("comparing", "less")
    return phrase in comparing and text.startswith("so với", end + 1)


def falls(text: str, end: int, words: list[str]) -> bool:
    """Tell whether the quantity that ends at `end`, behind `words`, says by how much something fell."""
    words = words[:5]
    adverbs = _words("falls", "adverbs")
    if text.startswith("so với", end + 1) and any(
        " ".join(reversed(words[:count])) in _words("comparing", "less") for count in (1, 2)
    ):
        return True
    for place, word in enumerate(words):
        if word in _words("falls", "words"):
            return True
        if word == "xuống" and place + 1 < len(words) and words[place + 1] == "giảm":
            return False
        if word not in adverbs and not (place + 1 < len(words) and f"{words[place + 1]} {word}" in adverbs):
            return False
    return False
