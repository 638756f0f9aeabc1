"""Where the trigger words of the lexicon stand in an article."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache

from viet_report_ie.facts.scene import Scene
from viet_report_ie.lexicon import load_toml

__all__ = ["Hit", "Triggers"]

Hit = tuple[int, int, str, str]
"""First token, end token, group and words."""


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, tuple[str, ...]], dict[str, list[int]]]:
    """Return the groups of each phrase, and by its first word the lengths of phrases, the longest first."""
    groups: dict[str, tuple[str, ...]] = {}
    lengths: dict[str, set[int]] = {}
    for group, table in load_toml("triggers").items():
        for phrase in table["words"]:
            groups[phrase] = (*groups.get(phrase, ()), group)
            lengths.setdefault(phrase.split(" ")[0], set()).add(phrase.count(" ") + 1)
    return groups, {first: sorted(found, reverse=True) for first, found in lengths.items()}


class Triggers:
    """All trigger words of a scene; at each place the longest phrase counts."""

    def __init__(self, scene: Scene) -> None:
        groups, lengths = _phrases()
        words = scene.words
        self.hits: list[Hit] = []
        end = 0
        for at in [at for at, word in enumerate(words) if word in lengths]:
            if at < end:
                continue
            for length in lengths[words[at]]:
                phrase = " ".join(words[at : at + length])
                if phrase in groups:
                    end = at + length
                    self.hits += [(at, end, group, phrase) for group in groups[phrase]]
                    break
        self._starts = [hit[0] for hit in self.hits]
        self._title_end = scene.title_end

    @cached_property
    def title_targets(self) -> tuple[str, ...]:
        """The words in the title that speak of a target, sorted."""
        title = self.within(0, self._title_end)
        return tuple(sorted({phrase for *_, group, phrase in title if group == "target"}))

    def within(self, start: int, end: int) -> list[Hit]:
        """Return the hits that begin among some tokens.

        Examples
        --------
        >>> from viet_report_ie.text.article import read
        >>> [hit[2:] for hit in Triggers(Scene(read("Thu ngân sách giảm 3%"), [])).within(0, 9)]
        [('fall', 'giảm')]
        """
        return self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
