"""What the tagger makes of what it sees: attributes, each with a weight at some distance.

A key is small and comes back often, so that the rows of weights behind it are looked up once and kept. The
trainer reads the same attributes from the same keys: what is learnt and what is read cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from viet_report_ie.mentions.tagger_words import Lexicon, person_words, plain, shape

__all__ = ["KINDS", "LOOSE", "REACH", "Background", "Seen", "attributes", "is_near", "reach"]

Seen = Any
"""A hashable value, mostly a tuple of strings; None stands for nothing to see."""

KINDS = ("word", "flag", "head")
"""Kinds of keys that come back so often that their rows are kept."""

LOOSE = "loose"
"""The kind of attributes that stand for themselves."""

REACH = {"word": (-3, 3), "flag": (-2, 2), "head": (0, 0), LOOSE: (-2, 2)}
"""How far to the left and right of a token another one is seen, by kind."""

# An attribute that says more than its neighbours need is seen less far; the first letter tells the attribute.
_NEAR = {
    "word": {"W": (-1, 1), "p": (0, 0), "q": (0, 0), "n": (-1, 1), "k": (-2, 2)},
    "flag": {},
    "head": {},
    LOOSE: {"@": (0, 0), "m": (-1, 1)} | dict.fromkeys("btuvy", (-2, 1)),
}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _reach(kind: str, letter: str) -> range:
    low, high = _NEAR[kind].get(letter, REACH[kind])
    return range(low, high + 1)


def reach(kind: str, attribute: str) -> range:
    """Return the distances at which an attribute of another token is seen."""
    return _reach(kind, attribute[0])


def is_near(attribute: str) -> bool:
    """Tell whether a loose attribute is seen at its own token alone."""
    return attribute[0] == "@"


@dataclass(frozen=True)
class Background:
    """What was learnt from text without annotation: how a first model reads what comes up often.

    A reading has a letter for the label, small inside a mention, ``-`` for none, and a digit for how sure it
    is: of words and pairs of words as they are written, of whole names and of capitalised runs in lower case.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    runs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names as phrases to look for."""
        return Lexicon(self.names)

    @cached_property
    def marks(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """The attributes of the tokens of each entry of the lexicon: in short, and in full."""
        return tuple(map(_name_marks, self.lexicon.tags, self.lexicon.lengths))


def _name_marks(tag: str, length: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    places = [("mB" if not at else "m") + ("L" if at == length - 1 else "I") for at in range(length)]
    return (
        tuple(place + tag[0] for place in places),
        tuple(f"{place}{tag} {min(length, 4)}" for place in places),
    )


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
        found += [
            "W" + key,
            "p" + low[:2],
            "p" + low[:3],
            "q" + low[-2:],
            "q" + low[-3:],
        ]
        if len(low) > 6:
            found.append("l")
        if form != "x":
            found += ["nF"] if low in family else []
            found += ["nM"] if low in middle else []
    if known := background.words.get(key):
        found += ["k" + known, "k" + known[0]]
    return found


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
