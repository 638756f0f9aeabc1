"""The tokens of a scene as numbers: words, parts of speech, signs, labels; and where phrases may lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from viet_report_ie.facts.scene import BREAKS, LABELS, NUMBER, SHAPES, Integers, Scene
from viet_report_ie.lexicon import load_toml

__all__ = ["COLUMNS", "MAX_LENGTH", "Lexis", "Symbols", "ranges"]

Bools = NDArray[np.bool_]

MAX_LENGTH = 24
CLOSED_PARTS = 3
"""The first parts are closed: prepositions, conjunctions, particles; no phrase begins or ends with one."""
COLUMNS = ("word", "part", "group", "sign", "label")
"""What is known of a token: its word, part of speech, group, shape with what it begins, and mention."""
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
    def compounds(self) -> dict[tuple[str, str], list[tuple[list[str], list[int]]]]:
        """The words that begin with two syllables, longest first, each with a number for every syllable.

        The first syllable has twice the part of speech, each other one more.
        """
        compounds: dict[tuple[str, str], list[tuple[list[str], list[int]]]] = {}
        for word in sorted(self.parts, key=lambda word: -word.count(" ")):
            first, *others = syllables = word.split(" ")
            if others:
                part = 2 * self.parts[word]
                compounds.setdefault((first, others[0]), []).append(
                    (syllables, [part, *([part + 1] * len(others))])
                )
        return compounds

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The column of `table` of each syllable and sign."""
        edges = (*_CLOSING, *_never("first"), *_never("last"))
        syllables = (s for word in (*self.words, *self.parts, *self.groups, *edges) for s in word.split(" "))
        return {syllable: at for at, syllable in enumerate(dict.fromkeys(syllables), 2)}

    @property
    def _base(self) -> int:
        """What the first number of a pair counts: the columns of `table`, so that no two pairs are one."""
        return len(self.numbers) + 2

    @cached_property
    def pairs(self) -> tuple[Integers, Integers]:
        """The first two syllables of each compound as one number, sorted, and the part of each pair.

        The part is that of the first syllable if the two are a word and begin no longer one, else 0.
        """
        find, base = self.numbers, self._base
        rows = []
        for (one, two), words in self.compounds.items():
            longest, known = words[0]
            rows.append((find[one] * base + find[two], known[0] if len(longest) == 2 else 0))
        pairs, parts = np.array(sorted(rows), dtype=np.int64).T
        return pairs, parts

    def find_pairs(self, numbers: Integers) -> tuple[list[int], list[int]]:
        """Return where a compound may begin, and the parts of speech as `pairs` has them."""
        known, parts = self.pairs
        pairs = numbers[:-1] * self._base + numbers[1:]
        near = np.minimum(known.searchsorted(pairs), len(known) - 1)
        found = np.flatnonzero(known[near] == pairs)
        return found.tolist(), parts[near[found]].tolist()

    @cached_property
    def table(self) -> Integers:
        """For each word its number, part and group, and what tells whether a phrase begins or ends there.

        The first two columns are those of a sign and of a word that are not known.
        """
        rows = [(0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 1, 0, 0, 0)]
        rows += [
            (
                self.words.get(word, 0),
                2 * self.parts.get(word, 0),
                self.groups.get(word, 0),
                word[0].isalnum(),
                word in _CLOSING,
                word in _never("first"),
                word in _never("last"),
            )
            for word in self.numbers
        ]
        return np.ascontiguousarray(np.array(rows, dtype=np.int64).T)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many values each of the `COLUMNS` has."""
        parts = 2 * self.part_count + 2
        return len(self.words) + 1, parts, self.group_count + 1, BREAKS * SHAPES, LABELS


class Symbols:
    """The tokens of a scene as numbers, and the phrases of a scene."""

    def __init__(self, scene: Scene, lexis: Lexis) -> None:
        self.scene = scene
        find = lexis.numbers.get
        numbers = np.array([find(word) or word[0].isalnum() for word in scene.words], dtype=np.int64)
        words, parts, groups, *edges = lexis.table[:, numbers]
        _join_words(parts, scene.words, numbers, lexis)
        signs = scene.breaks * SHAPES + scene.shapes
        self.columns: Integers = np.stack((words, parts, groups, signs, scene.labels))
        """The numbers of each token, a row for each of the `COLUMNS`."""
        self.parts: list[int] = parts.tolist()
        self.groups: list[int] = groups.tolist()
        self.first, self.last = _phrases(scene, parts, *(edge.astype(bool) for edge in edges))


def ranges(starts: Integers, stops: Integers) -> tuple[Integers, Integers]:
    """Return the numbers of some ranges one after the other, and the range of each.

    Examples
    --------
    >>> [array.tolist() for array in ranges(np.array([3, 8, 5]), np.array([5, 8, 6]))]
    [[3, 4, 5], [0, 0, 2]]
    """
    counts = np.maximum(0, stops - starts)
    of = np.repeat(np.arange(len(counts)), counts)
    return np.arange(len(of)) + (starts + counts - np.cumsum(counts))[of], of


@cache
def _never(place: str) -> frozenset[str]:
    """Return the words that never stand first or last in a phrase."""
    return frozenset(load_toml("linking")[f"never_{place}"]["words"])


def _join_words(parts: Integers, words: list[str], numbers: Integers, lexis: Lexis) -> None:
    """Cut the tokens into the longest known words; each gives its syllables their parts."""
    end = 0
    places: list[int] = []
    found: list[int] = []
    for at, part in zip(*lexis.find_pairs(numbers), strict=True):
        if at < end:
            continue
        if part:
            end = at + 2
            places += (at, at + 1)
            found += (part, part + 1)
            continue
        for syllables, known in lexis.compounds[words[at], words[at + 1]]:
            if words[at : at + len(syllables)] == syllables:
                end = at + len(syllables)
                places += range(at, end)
                found += known
                break
    parts[places] = found


def _phrases(
    scene: Scene, parts: Integers, spoken: Bools, closing: Bools, no_first: Bools, no_last: Bools
) -> tuple[Integers, Integers]:
    """Return the first and the last token of every phrase.

    A phrase begins and ends at the edges of words, not with a sign or a closed class; it crosses no sentence
    end and holds no number of a quantity.
    """
    inner = parts % 2 == 1
    closed = (parts > 1) & (parts // 2 <= CLOSED_PARTS)
    goes_on = np.append(inner[1:], False)
    numbers = scene.labels == NUMBER
    opens = spoken & ~inner & ~closed & ~(no_first & ~goes_on) & ~numbers
    closes = (spoken | closing) & ~goes_on & ~closed & ~(no_last & ~inner)
    first, last = np.flatnonzero(opens), np.flatnonzero(closes)
    walls = np.append(np.flatnonzero((scene.breaks > 0) | numbers), len(parts))
    limits = np.minimum(first + MAX_LENGTH, walls[np.searchsorted(walls, first, side="right")])
    ends, of = ranges(np.searchsorted(last, first), np.searchsorted(last, limits))
    return first[of], last[ends]
