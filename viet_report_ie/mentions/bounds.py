"""What the words around a number say of it: a bound (`hơn`, `trở lên`) or a fall (`giảm 3%`)."""

from __future__ import annotations

from functools import cache

import regex

from viet_report_ie.lexicon import load_toml

__all__ = ["bound_of", "falls"]

_BACK = regex.compile(r"[\p{L}]+|[<>≥≤≈~()]|\S", regex.REVERSE)
_MOST = 4
_MOVES = regex.compile(r" (?:lên|xuống|đến|tới|còn)\b")
_NO_STOP = regex.compile(r"[^.,;:()]*")


@cache
def _before() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["before"].items() for word in words}


@cache
def _after() -> dict[str, str]:
    return {word: bound for bound, words in load_toml("bounds")["after"].items() for word in words}


@cache
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
    words = words_before(text, start, _MOST + 2)
    after = _bound_after(text, end, words)
    if after is not None:
        return after
    links = _words("links", "words")
    for skip in range(3):
        for count in range(min(_MOST, len(words) - skip), 0, -1):
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


def _bound_after(text: str, end: int, words: list[str]) -> str | None:
    """Read `trở lên` right behind the quantity, or a few words later where `từ` opens the quantity."""
    tail = text[end : end + 40].split("\n")[0].lower()
    for phrase, bound in _after().items():
        place = tail.find(phrase)
        if place != -1 and (
            not tail[:place].strip(" )") or (words[:1] == ["từ"] and _NO_STOP.fullmatch(tail[:place]))
        ):
            return bound
    return None


def _compares(text: str, end: int, phrase: str) -> bool:
    """Tell whether `thấp hơn 55% so với …` says how far apart two things are."""
    comparing = _words("comparing", "more") | _words("comparing", "less")
    return phrase in comparing and text.startswith("so với", end + 1)


def falls(text: str, start: int, end: int) -> bool:
    """Tell whether the quantity at `start` … `end` says by how much something fell."""
    words = words_before(text, start, 5)
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
