"""What the tagger sees of a token: a few keys, each standing for attributes that have a weight at some distance.

A key is small and comes back often, so that the rows of weights behind it are looked up once and kept. The
trainer reads the same attributes from the same keys: what is learnt and what is read cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from viet_report_ie.lexicon import load_toml, load_tsv
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article, Span

__all__ = ["KINDS", "REACH", "Key", "Observer", "attributes"]

Key = Any
"""A hashable value: a string or a tuple of strings; None stands for nothing to see."""

KINDS = ("word", "pair", "flag", "run", "head")

REACH = {"word": (-3, 3), "pair": (-2, 1), "flag": (-2, 2), "run": (0, 0), "head": (0, 0)}
"""How far to the left and right the key of another token is seen, by kind."""

# An attribute that says more than its neighbours need is seen less far; the first letter tells the attribute.
_NEAR = {"W": 1, "p": 0, "q": 0, "c": 2, "n": 1}

_LONGEST_PLACE = 5
_LONGEST_RUN = 12
_FAMILIES = ("honorific", "title", "body", "place", "zone", "document", "event", "day")


def reach(kind: str, attribute: str) -> range:
    """Return the distances at which an attribute of another token is seen."""
    low, high = REACH[kind]
    if kind == "word" and (near := _NEAR.get(attribute[0])) is not None:
        low, high = -near, near
    return range(low, high + 1)


def shape(word: str) -> str:
    """Return the shape of a token: ``x``, ``Xx``, ``X``, ``XX``, ``xX``, ``1``, or the sign itself.

    Examples
    --------
    >>> [shape(word) for word in ("hòa", "Hòa", "UBND", "VinFast", "12", "-")]
    ['x', 'Xx', 'XX', 'xX', '1', '-']
    """
    if word.islower():
        return "x"
    if word.isalpha():
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if word[1:].islower() else "xX"
    return "1" if word.isdigit() else word[:1]


def plain(word: str) -> str:
    """Return the form under which a token is looked up: lower case, long numbers by their length."""
    return "0" * len(word[:6]) if len(word) > 2 and word.isdigit() else word.lower()[:24]


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


def attributes(kind: str, key: Key, clusters: Mapping[str, str]) -> list[str]:
    """Return the attributes behind a key.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    key
        A key of that kind.
    clusters
        Words and pairs of words in plain form, and their place in the tree of clusters, a letter a level.
    """
    if key is None:
        return []
    found = _READERS[kind](key)
    if kind == "word" and (path := clusters.get(plain(key))):
        found += [f"c{path[:depth]}" for depth in range(1, len(path) + 1)]
    elif kind == "pair" and (path := clusters.get(f"{plain(key[0])} {plain(key[1])}")):
        found += [f"C{path[:depth]}" for depth in range(1, len(path) + 1)]
    return found


def _word(key: str) -> list[str]:
    low, form = plain(key), shape(key)
    family, middle = person_words()
    found = ["w" + low, "s" + form]
    if key.isalpha():
        found += ["W" + key, "p" + low[:2], "p" + low[:3], "q" + low[-2:], "q" + low[-3:]]
        found += [f"l{min(len(low), 8)}"] if len(low) > 6 else []
    if low in family and form != "x":
        found.append("nF")
    if low in middle and form != "x":
        found.append("nM")
    return found


def _pair(key: tuple[str, str]) -> list[str]:
    a, b = key
    left, right = plain(a), plain(b)
    return [f"b{left} {right}", f"t{shape(a)} {shape(b)}", f"u{left} {shape(b)}", f"v{shape(a)} {right}"]


def _flag(key: tuple[str, ...]) -> list[str]:
    words, places, around, doc, rule = key
    found = [] if not words else ["f" + words]
    if places:
        found += ["g" + places, f"G{words}/{places}"]
    if around:
        found.append("a" + around)
    found += ["d" + letter for letter in doc] + ([f"D{doc}"] if doc else [])
    if rule:
        found.append("r" + rule)
    return found


def _run(key: tuple[str, ...]) -> list[str]:
    first, last, before, after, tag, from_start, from_end, length = key
    return [
        f"first {first}", f"last {last}", f"before {before}", f"after {after}", f"tag {tag}",
        f"at {from_start} {from_end}", f"tagat {tag} {from_start}", f"long {length} {tag}", f"firstat {first} {from_start}",
    ]  # fmt: skip


def _head(key: tuple[str, str, str]) -> list[str]:
    tag, word, distance = key
    return [f"h{tag} {distance}", f"H{word}", f"k{word} {distance}"]


_READERS = {"word": _word, "pair": _pair, "flag": _flag, "run": _run, "head": _head}


@dataclass
class Observer:
    """Reads an article once and gives the keys of its tokens."""

    article: Article
    taken: Sequence[Mention] = ()
    words: list[str] = field(init=False)
    lowered: list[str] = field(init=False)

    def __post_init__(self) -> None:
        text = self.article.text
        self.words = [text[start:end] for start, end in self.article.tokens]
        self.lowered = [word.lower() for word in self.words]

    def sentences(self) -> list[Span]:
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

    def keys(self) -> dict[str, list[Key]]:
        """Return one key for every token, by kind."""
        count = len(self.words)
        spans = self.sentences()
        lexical, places = [""] * count, [""] * count
        heads: list[Key] = [None] * count
        runs: list[tuple[int, int]] = []
        for first, stop in spans:
            self._match_words(first, stop, lexical, heads)
            self._match_places(first, stop, places)
            runs += self._runs(first, stop)
        run_keys: list[Key] = [None] * count
        document = self._document(runs, lexical, run_keys)
        around = self._around(spans)
        rules = self._rules()
        pairs: list[Key] = list(zip(self.words, self.words[1:] + ["\n"], strict=True))
        for _, stop in spans:
            pairs[stop - 1] = None
        flags = list(zip(lexical, places, around, document, rules, strict=True))
        return {"word": list(self.words), "pair": pairs, "flag": flags, "run": run_keys, "head": heads}

    def _match_words(self, first: int, stop: int, lexical: list[str], heads: list[Key]) -> None:
        lexicon, lowered = name_words(), self.lowered
        at, head, head_end = first, None, first
        while at < stop:
            length, tag = lexicon.match(lowered, at, stop)
            if not length:
                if head is not None:
                    distance = at - head_end
                    if distance > 9:
                        head = None
                    else:
                        heads[at] = (*head, str(distance) if distance < 4 else "5" if distance < 6 else "9")
                at += 1
                continue
            for place in range(at, at + length):
                lexical[place] = ("B" if place == at else "I") + tag
            if tag not in "N":
                head, head_end = (tag, " ".join(lowered[at : at + length])), at + length
            at += length

    def _match_places(self, first: int, stop: int, places: list[str]) -> None:
        names, words, lowered = place_names(), self.words, self.lowered
        at = first
        while at < stop:
            found = 0
            if words[at][0].isupper():
                for length in range(min(_LONGEST_PLACE, stop - at), 0, -1):
                    levels = names.get(" ".join(lowered[at : at + length]))
                    if levels and words[at + length - 1][0].isupper():
                        found = length
                        for place in range(at, at + length):
                            end = "L" if place == at + length - 1 else "I"
                            places[place] = ("B" if place == at else "") + end + levels
                        break
            at += found or 1

    def _runs(self, first: int, stop: int) -> list[tuple[int, int]]:
        runs, words, at = [], self.words, first
        while at < stop:
            end = at
            while end < stop and words[end][0].isupper():
                end += 1
            if end > at:
                runs.append((at, end))
            at = end + 1
        return runs

    def _document(self, runs: list[tuple[int, int]], lexical: list[str], keys: list[Key]) -> list[str]:
        """Fill in the keys of capitalised runs; return what the article says of the same words elsewhere."""
        words, lowered = self.words, self.lowered
        family, _ = person_words()
        contexts: dict[str, set[str]] = {}
        given: set[str] = set()
        names: list[str] = []
        tags: list[str] = []
        for start, end in runs:
            name = " ".join(lowered[start : min(end, start + _LONGEST_RUN)])
            before = lexical[start - 1][1:] if start and lexical[start - 1] else ""
            names.append(name)
            tags.append(before)
            if before:
                contexts.setdefault(name, set()).add(before)
            if lowered[start] in family and 2 <= end - start <= 4:
                given.add(lowered[end - 1])
                contexts.setdefault(name, set()).add("F")
        document = [""] * len(words)
        for (start, end), name, tag in zip(runs, names, tags, strict=True):
            known = "".join(sorted(contexts.get(name, ())))
            if end - start == 1 and name in given:
                known += "g"
            before = lowered[start - 1] if start else ""
            after = lowered[end] if end < len(words) else ""
            length = str(min(end - start, 6))
            for at in range(start, end):
                document[at] = known
                keys[at] = (
                    plain(words[start]), plain(words[end - 1]), plain(before), plain(after), tag or shape(before),
                    str(min(at - start, 3)), str(min(end - 1 - at, 3)), length,
                )  # fmt: skip
        return document

    def _around(self, spans: list[Span]) -> list[str]:
        words, around = self.words, [""] * len(self.words)
        text, tokens = self.article.text, self.article.tokens
        for first, stop in spans:
            start = tokens[first][0]
            around[first] = "L" if start == 0 or "\n" in text[max(0, start - 2) : start] else "S"
            depth = 0
            for at in range(first, stop):
                if words[at] == "(":
                    depth = at + 1
                elif words[at] == ")":
                    depth = 0
                elif depth and at - depth < 12:
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
