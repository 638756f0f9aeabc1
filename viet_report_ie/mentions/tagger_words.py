"""The words that the tagger knows: honorifics, titles, heads of bodies, places, persons, parts of speech."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat

from ahocorasick_rs import AhoCorasick, MatchKind

from viet_report_ie.lexicon import load_toml, load_tsv

__all__ = [
    "Lexicon",
    "Phrases",
    "class_marks",
    "longest_places",
    "looks",
    "name_marks",
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
_WALL = "\n"
"""What no phrase reaches over, and what stands for a token that is in no phrase."""
_LETTERS = (range(0x3400, 0xD800), range(0x10000, 0x110000))
"""Letters for syllables: any but :data:`_WALL` and surrogates would do."""


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


class Phrases:
    """The tokens of some sentences, in which a :class:`Lexicon` looks for its phrases.

    Parameters
    ----------
    lowered
        The tokens, in lower case; None is in no phrase.
    ends
        Tokens behind which a phrase ends, in order.
    """

    def __init__(self, lowered: Sequence[str | None], ends: Sequence[int]) -> None:
        self.lowered = lowered
        self.ends = ends
        # With a wall behind each end, so that a place in the text tells a token.
        self.tokens = list(range(len(lowered) + 1))
        for end in reversed(ends):
            self.tokens.insert(end + 1, end)


class Lexicon:
    """Phrases and what they are, all looked for at once: to the automaton, each syllable is one letter.

    Parameters
    ----------
    entries : mapping of str to str
        Phrases, their syllables parted by one space, and their tags.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.phrases = tuple(entries)
        self.tags = tuple(entries.values())
        self.lengths = tuple(phrase.count(" ") + 1 for phrase in entries)
        syllables = dict.fromkeys(syllable for phrase in entries for syllable in phrase.split(" "))
        self._letters: dict[str | None, str] = dict(zip(syllables, map(chr, chain(*_LETTERS)), strict=False))
        patterns = ["".join(map(self._letters.__getitem__, phrase.split(" "))) for phrase in entries]
        self._automaton = AhoCorasick(patterns, MatchKind.LeftmostLongest, store_patterns=False)

    def find(self, phrases: Phrases) -> list[tuple[int, int, int]]:
        """Return the longest phrases from left to right, none overlapping: entry, first token and the end.

        Examples
        --------
        >>> lexicon = Lexicon({"ủy ban nhân dân": "O", "ủy ban": "B"})
        >>> lexicon.find(Phrases("ủy ban nhân dân xã và ủy ban".split(), []))
        [(0, 0, 4), (1, 6, 8)]
        """
        letters = [*map(self._letters.get, phrases.lowered, repeat(_WALL))]
        for end in phrases.ends:
            letters[end] += _WALL
        tokens = phrases.tokens
        return [
            (entry, tokens[start], tokens[stop - 1] + 1)
            for entry, start, stop in self._automaton.find_matches_as_indexes("".join(letters))
        ]


@lru_cache(maxsize=1)
def name_words() -> Lexicon:
    """Return the words that announce names: honorifics, titles, heads of bodies, places, zones, documents."""
    families = load_toml("names")
    return Lexicon(
        {word: families[name]["tag"] for name in reversed(_FAMILIES) for word in families[name]["words"]}
    )


@lru_cache(maxsize=1)
def name_marks() -> tuple[tuple[str, ...], ...]:
    """Return the marks of the tokens of each entry of :func:`name_words`."""
    words = name_words()
    return tuple(
        (f"B{tag}",) + (f"I{tag}",) * (length - 1)
        for tag, length in zip(words.tags, words.lengths, strict=True)
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
def longest_places() -> Mapping[str, int]:
    """Return how many syllables the longest place has that begins with a syllable."""
    longest: dict[str, int] = {}
    for name in place_names():
        first, *rest = name.split(" ")
        longest[first] = max(longest.get(first, 1), len(rest) + 1)
    return longest


@lru_cache(maxsize=1)
def word_classes() -> Lexicon:
    """Return common words, in lower case, with their part of speech."""
    return Lexicon({row[0]: row[1] for row in load_tsv("parts_of_speech")})


@lru_cache(maxsize=1)
def class_marks() -> tuple[tuple[str, ...], ...]:
    """Return the attributes of the tokens of each entry of :func:`word_classes`."""
    words = word_classes()
    return tuple(
        (f"oB{tag} {min(length, 2)}",) + (f"oI{tag} {min(length, 2)}",) * (length - 1)
        for tag, length in zip(words.tags, words.lengths, strict=True)
    )


@lru_cache(maxsize=1)
def person_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return family names and middle names, in lower case."""
    families = load_toml("person_names")
    return frozenset(families["family"]["words"]), frozenset(families["middle"]["words"])
