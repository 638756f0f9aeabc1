"""The tokens of a scene as numbers: words, parts of speech, signs, labels; and where phrases may lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import BREAKS, LABELS, NUMBER, SHAPES, Integers, Scene
from viet_report_ie.lexicon import load_toml

__all__ = ["MAX_LENGTH", "Lexis", "Symbols"]

Bools = NDArray[np.bool_]

MAX_LENGTH = 24
CLOSED_PARTS = 3
"""The first parts are closed: prepositions, conjunctions, particles; no phrase begins or ends with one."""
_CLOSING = frozenset(')"%')


@dataclass(frozen=True)
class Lexis:
    """The words, parts of speech and groups that the weights know; 0 stands for every other."""

    words: Mapping[str, int]
    parts: Mapping[str, int]
    part_count: int
    groups: Mapping[str, int]
    group_count: int

    @cached_property
    def longest(self) -> dict[str, int]:
        """How many syllables the longest word has that begins with two syllables."""
        longest: dict[str, int] = {}
        for word in self.parts:
            syllables = word.split(" ")
            if len(syllables) > 1:
                start = " ".join(syllables[:2])
                longest[start] = max(longest.get(start, 2), len(syllables))
        return longest

    def sizes(self) -> dict[str, int]:
        """Return how many values each kind of symbol has."""
        return {
            "word": len(self.words) + 1,
            "part": 2 * self.part_count + 2,
            "group": self.group_count + 1,
            "sign": BREAKS * SHAPES,
            "label": LABELS,
            "pair": (2 * self.part_count + 2) ** 2,
        }


class Symbols:
    """The tokens of a scene as numbers, one array for each kind of symbol."""

    def __init__(self, scene: Scene, lexis: Lexis) -> None:
        self.scene = scene
        self._types = list(dict.fromkeys(scene.words))
        number = {word: at for at, word in enumerate(self._types)}
        self._type_of: Integers = np.array([number[word] for word in scene.words], dtype=np.int64)
        parts = 2 * self._each(lexis.parts)
        _join_words(parts, scene.words, lexis)
        self.arrays: dict[str, Integers] = {
            "word": self._each(lexis.words),
            "part": parts,
            "group": self._each(lexis.groups),
            "sign": scene.breaks * SHAPES + scene.shapes,
            "label": scene.labels,
            "pair": parts * (2 * lexis.part_count + 2) + np.append(parts[1:], 0),
        }
        opens, closes = self._edges(parts)
        numbers = scene.labels == NUMBER
        self.openings: Integers = np.flatnonzero(opens & ~numbers)
        """Where a phrase may begin."""
        self.closes: Bools = np.append(closes, np.zeros(MAX_LENGTH, dtype=bool))
        """Whether a phrase may end with a token; none does after the text."""
        # A phrase crosses no sentence end and holds no number of a quantity.
        walls = np.append(np.flatnonzero((scene.breaks > 0) | numbers), len(scene.words))
        self.limits: Integers = walls[np.searchsorted(walls, self.openings, side="right")]
        """Before which token the phrase of each opening ends."""
        # What lies outside the text has a label of its own.
        self.padded_labels: Integers = np.pad(scene.labels, 1, constant_values=LABELS)

    def _each(self, numbers: Mapping[str, int]) -> Integers:
        """Return the number of each token's word, 0 for every other word."""
        return np.array([numbers.get(word, 0) for word in self._types], dtype=np.int64)[self._type_of]

    def _edges(self, parts: Integers) -> tuple[Bools, Bools]:
        """Tell where a phrase may begin and end: at the edges of words, not with a sign or a closed class."""
        never_first, never_last = _never("first"), _never("last")
        marks = [
            (word[0].isalnum(), word in _CLOSING, word in never_first, word in never_last)
            for word in self._types
        ]
        spoken, closing, no_first, no_last = np.array(marks, dtype=bool).reshape(-1, 4)[self._type_of].T
        inner = parts % 2 == 1
        closed = (parts > 1) & (parts // 2 <= CLOSED_PARTS)
        goes_on = np.append(inner[1:], False)
        opens = spoken & ~inner & ~closed & ~(no_first & ~goes_on)
        closes = (spoken | closing) & ~goes_on & ~closed & ~(no_last & ~inner)
        return opens, closes


@cache
def _never(place: str) -> frozenset[str]:
    """Return the words that never stand first or last in a phrase."""
    return frozenset(load_toml("linking")[f"never_{place}"]["words"])


def _join_words(parts: Integers, words: list[str], lexis: Lexis) -> None:
    """Cut the tokens into the longest known words; each gives its first token 2 p and the others 2 p + 1."""
    longest, count, end = lexis.longest, len(words), 0
    pairs = map(" ".join, pairwise(words))
    for at in [at for at, pair in enumerate(pairs) if pair in longest]:
        if at < end:
            continue
        most = min(longest[f"{words[at]} {words[at + 1]}"], count - at)
        for length in range(most, 1, -1):
            part = lexis.parts.get(" ".join(words[at : at + length]), 0)
            if part:
                end = at + length
                parts[at], parts[at + 1 : end] = 2 * part, 2 * part + 1
                break
