"""What the tagger sees of a token: a few keys, each standing for attributes that have a weight at some distance.

A key is small and comes back often, so that the rows of weights behind it are looked up once and kept. The
trainer reads the same attributes from the same keys: what is learnt and what is read cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from viet_report_ie.lexicon import load_toml, load_tsv
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article, Span

__all__ = ["KINDS", "LOOSE", "REACH", "Background", "Observer", "Seen", "Sights", "attributes", "reach"]

Seen = Any
"""A hashable value, mostly a tuple of strings; None stands for nothing to see."""

KINDS = ("word", "flag", "head")
"""Kinds of keys that come back so often that their rows are kept."""

LOOSE = "loose"
"""The kind of attributes that stand for themselves."""

REACH = {"word": (-3, 3), "flag": (-2, 2), "head": (0, 0), LOOSE: (-2, 1)}
"""How far to the left and right of a token another one is seen, by kind."""

# An attribute that says more than its neighbours need is seen less far; the first letter tells the attribute.
_NEAR = {
    "word": {"W": (-1, 1), "p": (0, 0), "q": (0, 0), "c": (-2, 2), "n": (-1, 1)},
    "flag": {},
    "head": {},
    LOOSE: {"@": (0, 0), "x": (-1, 1)},
}  # fmt: skip

_LONGEST_PLACE = 5
_LONGEST_RUN = 12
_FAMILIES = ("honorific", "title", "body", "place", "zone", "document", "event", "day")


@lru_cache(maxsize=1 << 12)
def _reach(kind: str, letter: str) -> range:
    low, high = _NEAR[kind].get(letter, REACH[kind])
    return range(low, high + 1)


def reach(kind: str, attribute: str) -> range:
    """Return the distances at which an attribute of another token is seen."""
    return _reach(kind, attribute[0])


@dataclass(frozen=True)
class Background:
    """What was learnt from text without annotation.

    `clusters` has words and pairs of words in plain form, and their place in a tree of clusters, a letter a level.
    """

    clusters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sights:
    """What is seen of an article: a key for every token, by kind, and loose attributes with their tokens."""

    keys: Mapping[str, list[Seen]]
    loose: list[str]
    places: list[int]
    sentences: list[Span]


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


_DIGITS = re.compile(r"\d")


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


@dataclass(frozen=True)
class Lexicon:
    """Phrases of lower-case syllables and what they are: ``first syllable -> {phrase: tag}``."""

    phrases: Mapping[str, Mapping[str, str]]
    longest: Mapping[str, int]

    def match(self, lowered: Sequence[str], at: int, stop: int) -> tuple[int, str]:
        """Return the number of tokens and the tag of the longest phrase at a place, ``(0, "")`` if none."""
        phrases = self.phrases.get(lowered[at])
        if phrases is None:
            return 0, ""
        for length in range(min(self.longest[lowered[at]], stop - at), 0, -1):
            tag = phrases.get(" ".join(lowered[at : at + length]))
            if tag is not None:
                return length, tag
        return 0, ""


def _make_lexicon(entries: Mapping[str, str]) -> Lexicon:
    phrases: dict[str, dict[str, str]] = {}
    longest: dict[str, int] = {}
    for phrase, tag in entries.items():
        first, length = phrase.split(" ", 1)[0], phrase.count(" ") + 1
        phrases.setdefault(first, {})[phrase] = tag
        longest[first] = max(longest.get(first, 0), length)
    return Lexicon(phrases, longest)


@lru_cache(maxsize=1)
def name_words() -> Lexicon:
    """Return the words that announce names: honorifics, titles, heads of bodies, places, zones, documents."""
    families = load_toml("names")
    return _make_lexicon(
        {word: families[name]["tag"] for name in reversed(_FAMILIES) for word in families[name]["words"]}
    )


@lru_cache(maxsize=1)
def place_names() -> Mapping[str, str]:
    """Return the names of administrative units, in lower case, with their levels."""
    return {name.lower(): levels for name, levels in load_tsv("place_names")}


@lru_cache(maxsize=1)
def person_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return family names and middle names, in lower case."""
    families = load_toml("person_names")
    return frozenset(families["family"]["words"]), frozenset(families["middle"]["words"])


def attributes(kind: str, key: Seen, background: Background) -> list[str]:
    """Return the attributes behind a key of a kind."""
    if key is None:
        return []
    if kind == "word":
        return _word(key, background)
    return _flag(key) if kind == "flag" else _head(key)


def _word(key: str, background: Background) -> list[str]:
    low, form = plain(key), shape(key)
    family, middle = person_words()
    found = ["w" + low, "s" + form]
    if key.isalpha():
        found += ["W" + key, "p" + low[:2], "p" + low[:3], "q" + low[-2:], "q" + low[-3:]]
        if len(low) > 6:
            found.append("l")
        if form != "x":
            found += ["nF"] if low in family else []
            found += ["nM"] if low in middle else []
    path = background.clusters.get("0" if low[0].isdigit() else low, "")
    return found + [f"c{path[:depth]}" for depth in range(1, len(path) + 1)]


def _flag(key: tuple[str, ...]) -> list[str]:
    words, places, around, doc, rule = key
    found = ["f" + words] if words else []
    if places:
        found += ["g" + places, f"G{words}/{places}"]
    if around:
        found.append("a" + around)
    if doc:
        found += ["d" + letter for letter in doc] + ["D" + doc]
    if rule:
        found.append("r" + rule)
    return found


def _head(key: tuple[str, str, str]) -> list[str]:
    tag, word, distance = key
    return [f"h{tag} {distance}", f"H{word}", f"k{word} {distance}"]


class Observer:
    """Reads an article once; :meth:`sights` tells what there is to see.

    Parameters
    ----------
    article
        The article as read.
    taken
        What rules have found in it.
    background
        What is known from other text.
    """

    def __init__(self, article: Article, taken: Sequence[Mention], background: Background) -> None:
        text = article.text
        self.article = article
        self.taken = taken
        self.background = background
        self.words = [text[start:end] for start, end in article.tokens]
        self.plain = [plain(word) for word in self.words]
        self.shapes = [shape(word) for word in self.words]
        self.capital = [word[0].isupper() for word in self.words]
        self.loose: list[str] = []
        self.places: list[int] = []

    def sights(self) -> Sights:
        """Return what is seen of every token."""
        count = len(self.words)
        sentences = self._sentences()
        lexical, places = [""] * count, [""] * count
        heads: list[Seen] = [None] * count
        runs: list[Span] = []
        for first, stop in sentences:
            self._match_words(first, stop, lexical, heads)
            self._match_places(first, stop, places)
            self._pairs(first, stop)
            runs += self._runs(first, stop)
        document = self._document(runs, lexical)
        flags: list[Seen] = [
            key if any(key) else None
            for key in zip(lexical, places, self._around(sentences), document, self._rules(), strict=True)
        ]
        return Sights(
            {"word": list(self.words), "flag": flags, "head": heads}, self.loose, self.places, sentences
        )

    def _sentences(self) -> list[Span]:
        """Return the sentences as spans of token numbers, none of them empty."""
        tokens, spans, at = self.article.tokens, [], 0
        for _, end in self.article.sentences:
            first = at
            while at < len(tokens) and tokens[at][0] < end:
                at += 1
            if at > first:
                spans.append((first, at))
        if at < len(tokens):
            spans.append((at, len(tokens)))
        return spans

    def _see(self, place: int, *attributes: str) -> None:
        self.loose += attributes
        self.places += [place] * len(attributes)

    def _pairs(self, first: int, stop: int) -> None:
        low, form, clusters = self.plain, self.shapes, self.background.clusters
        for at in range(first, stop - 1):
            left, right = low[at], low[at + 1]
            both = f"{left} {right}"
            self._see(
                at,
                "b" + both,
                f"t{form[at]} {form[at + 1]}",
                f"u{left} {form[at + 1]}",
                f"v{form[at]} {right}",
            )
            if path := clusters.get(both):
                self._see(at, *(f"C{path[:depth]}" for depth in range(1, len(path) + 1)))

    def _match_words(self, first: int, stop: int, lexical: list[str], heads: list[Seen]) -> None:
        lexicon, lowered = name_words(), self.plain
        at, head_end, head = first, first, None
        while at < stop:
            length, tag = lexicon.match(lowered, at, stop)
            if not length:
                if head is not None:
                    distance = at - head_end
                    heads[at] = (*head, str(distance) if distance < 4 else "5" if distance < 6 else "9")
                    if distance > 9:
                        head = None
                at += 1
                continue
            for place in range(at, at + length):
                lexical[place] = ("B" if place == at else "I") + tag
            if tag != "N":
                head, head_end = (tag, " ".join(lowered[at : at + length])), at + length
            at += length

    def _match_places(self, first: int, stop: int, places: list[str]) -> None:
        names, capital, lowered = place_names(), self.capital, self.plain
        at = first
        while at < stop:
            found = 0
            if capital[at]:
                for length in range(min(_LONGEST_PLACE, stop - at), 0, -1):
                    levels = capital[at + length - 1] and names.get(" ".join(lowered[at : at + length]))
                    if levels:
                        found = length
                        for place in range(at, at + length):
                            end = "L" if place == at + length - 1 else "I"
                            places[place] = ("B" if place == at else "") + end + levels
                        break
            at += found or 1

    def _runs(self, first: int, stop: int) -> list[Span]:
        runs, capital, at = [], self.capital, first
        while at < stop:
            end = at
            while end < stop and capital[end]:
                end += 1
            if end > at:
                runs.append((at, end))
            at = end + 1
        return runs

    def _document(self, runs: list[Span], lexical: list[str]) -> list[str]:
        """See the runs of capitalised words; return what the article says of the same words elsewhere."""
        lowered = self.plain
        family, _ = person_words()
        contexts: dict[str, set[str]] = {}
        given: set[str] = set()
        named: list[tuple[str, str]] = []
        for start, end in runs:
            name = " ".join(lowered[start : min(end, start + _LONGEST_RUN)])
            before = lexical[start - 1][1:] if start else ""
            named.append((name, before))
            if before:
                contexts.setdefault(name, set()).add(before)
            if lowered[start] in family and 2 <= end - start <= 4:
                given.add(lowered[end - 1])
                contexts.setdefault(name, set()).add("F")
        document = [""] * len(lowered)
        for (start, end), (name, tag) in zip(runs, named, strict=True):
            known = "".join(sorted(contexts.get(name, ())))
            if end - start == 1 and name in given:
                known += "g"
            before = lowered[start - 1] if start else ""
            after = lowered[end] if end < len(lowered) else ""
            tag = tag or (self.shapes[start - 1] if start else "")
            first, last, length = lowered[start], lowered[end - 1], str(min(end - start, 6))
            shared = (
                f"@f {first}",
                f"@l {last}",
                f"@b {before}",
                f"@a {after}",
                f"@t {tag}",
                f"@n {length} {tag}",
            )
            for at in range(start, end):
                document[at] = known
                far = min(at - start, 3)
                self._see(
                    at, *shared, f"@p {far} {min(end - 1 - at, 3)}", f"@q {tag} {far}", f"@r {first} {far}"
                )
        return document

    def _around(self, sentences: list[Span]) -> list[str]:
        words, around = self.words, [""] * len(self.words)
        text, tokens = self.article.text, self.article.tokens
        for first, stop in sentences:
            start = tokens[first][0]
            around[first] = "L" if start == 0 or "\n" in text[max(0, start - 2) : start] else "S"
            opened = -1
            for at in range(first, stop):
                if words[at] == "(":
                    opened = at
                elif words[at] == ")":
                    opened = -1
                elif opened >= 0 and at - opened < 12:
                    around[at] = "("
        return around

    def _rules(self) -> list[str]:
        rules = [""] * len(self.words)
        tokens, at = self.article.tokens, 0
        for mention in sorted(self.taken, key=lambda m: m.start):
            while at < len(tokens) and tokens[at][1] <= mention.start:
                at += 1
            first = at
            while at < len(tokens) and tokens[at][0] < mention.end:
                rules[at] = ("B" if at == first else "I") + mention.label
                at += 1
        return rules
