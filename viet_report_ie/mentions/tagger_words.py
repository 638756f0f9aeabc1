"""The words that the tagger knows: honorifics, titles, heads of bodies, places, persons, parts of speech."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from viet_report_ie.lexicon import load_toml, load_tsv

__all__ = [
    "Lexicon",
    "looks",
    "make_lexicon",
    "name_words",
    "person_words",
    "place_names",
    "plain",
    "shape",
    "word_classes",
]

_FAMILIES = ("honorific", "title", "body", "place", "zone", "document", "event", "day")
_LEVEL_WORD = re.compile(r"(?:thành phố|tỉnh|thị xã|thị trấn|đặc khu|quận|huyện|phường|xã) ")
_DIGITS = re.compile(r"\d")


def shape(word: str) -> str:
    """Return the shape of a token, or the sign itself.

    Examples
    --------
    >>> [shape(word) for word in ("hòa", "Hòa", "UBND", "VinFast", "12", "B1", "-")]
    ['x', 'Xx', 'XX', 'xX', '1', 'X1', '-']
    """
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if word[1:].islower() else "xX"
    if word[0].isdigit():
        return "1" if len(word) < 3 else "111"
    return "X1" if word[0].isalpha() else word[:1]


def plain(word: str) -> str:
    """Return the form under which a token is looked up: lower case, long numbers without their digits.

    Examples
    --------
    >>> [plain(word) for word in ("Hòa", "15", "2020", "9,6")]
    ['hòa', '15', '0000', '0,0']
    """
    if len(word) > 2 and word[0].isdigit():
        return _DIGITS.sub("0", word[:8])
    return word.lower()[:24]


@lru_cache(maxsize=1 << 14)
def looks(word: str) -> tuple[str, str, bool]:
    """Return the plain form and the shape of a token, and whether it begins with a capital."""
    return plain(word), shape(word), word[0].isupper()


@dataclass(frozen=True)
class Lexicon:
    """Phrases and what they are; the beginnings of phrases are there too, with an empty tag."""

    entries: Mapping[str, str]

    def match(self, lowered: Sequence[str], at: int, stop: int) -> tuple[int, str]:
        """Return the number of tokens and the tag of the longest phrase at a place, ``(0, "")`` if none."""
        get, key = self.entries.get, lowered[at]
        tag = get(key)
        if tag is None:
            return 0, ""
        longest = (1, tag) if tag else (0, "")
        for end in range(at + 1, stop):
            key = f"{key} {lowered[end]}"
            tag = get(key)
            if tag is None:
                break
            if tag:
                longest = end + 1 - at, tag
        return longest


def make_lexicon(entries: Mapping[str, str]) -> Lexicon:
    """Add the beginnings of phrases, their syllables parted by one space."""
    beginnings = {phrase[:at]: "" for phrase in entries for at, letter in enumerate(phrase) if letter == " "}
    return Lexicon(beginnings | dict(entries))


@lru_cache(maxsize=1)
def name_words() -> Lexicon:
    """Return the words that announce names: honorifics, titles, heads of bodies, places, zones, documents."""
    families = load_toml("names")
    return make_lexicon(
        {word: families[name]["tag"] for name in reversed(_FAMILIES) for word in families[name]["words"]}
    )


@lru_cache(maxsize=1)
def place_names() -> Mapping[str, str]:
    """Return the names of places, their syllables in lower case, with their levels: a letter each."""
    names: dict[str, str] = {}
    for scheme_level, _, _, full_name, *_ in load_tsv("places"):
        name = _LEVEL_WORD.sub("", full_name.lower().replace("-", " - "), count=1)
        syllables = " ".join(name.split())
        if not syllables.isdigit() and scheme_level[1] not in names.get(syllables, ""):
            names[syllables] = "".join(sorted(names.get(syllables, "") + scheme_level[1]))
    for family in load_toml("world_places").values():
        for name in family["names"]:
            syllables = " ".join(name.lower().replace("-", " - ").split())
            names[syllables] = names.get(syllables, "") + str(family["level"])
    return names


@lru_cache(maxsize=1)
def word_classes() -> Lexicon:
    """Return common words, in lower case, with their part of speech."""
    return make_lexicon({row[0]: row[1] for row in load_tsv("parts_of_speech")})


@lru_cache(maxsize=1)
def person_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return family names and middle names, in lower case."""
    families = load_toml("person_names")
    return frozenset(families["family"]["words"]), frozenset(families["middle"]["words"])
