"""Words of a list found in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick

__all__ = ["Finder"]


class Finder:
    r"""Finds what ``(?<!\w)(?:…)(?!\w)`` finds, however many the words are.

    Parameters
    ----------
    words : iterable of str
        The words; where several begin at one place the longest counts.

    Examples
    --------
    >>> list(Finder(["nói", "nói rằng", "nêu"]).find("ông nói rằng: nêuu"))
    [(4, 12)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(list(words))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where the words stand, from left to right; none overlaps another."""
        longest: dict[int, int] = {}
        for _, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not _in_word(text[start - 1 : start]) and not _in_word(text[end : end + 1]):
                longest[start] = max(end, longest.get(start, 0))
        reached = 0
        for start, end in sorted(longest.items()):
            if start >= reached:
                yield start, end
                reached = end


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
