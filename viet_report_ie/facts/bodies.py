"""Bodies under one name: `UBND TP` and `UBND TP. HCM`, a company and its short name; bodies left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

import regex

from viet_report_ie.facts.names import fold
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Mention

__all__ = ["Bodies", "words_of"]

# A body of the state that one person heads once at most: its name may end in one place or in another.
_SINGLE_HEADS = frozenset(("sở", "bộ", "ban"))
# A bound on what is compared, so that time stays linear in the length of any text.
_MOST_COMPARED = 40
_BARE_HEADS = frozenset(("sở", "bộ", "ủy ban", "phòng", "cục", "vụ", "chi cục"))
_LEVELS = {
    ("tỉnh",): "tỉnh",
    ("thành", "phố"): "thành",
    ("huiện",): "huiện",
    ("quận",): "quận",
    ("thị", "xã"): "thị",
    ("xã",): "xã",
    ("phường",): "phường",
    ("thị", "trấn"): "trấn",
}
_WORD = regex.compile(r"\w+")
_VOWEL = regex.compile("[aăâeêiouôơư]")
_LEVEL_NAME = regex.compile(r"(?<!\w)(tỉnh|thành phố|huiện|quận|thị xã|xã|phường|thị trấn) \w")


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {fold(short): tuple(fold(full).split()) for short, full in load_toml("bodies")["short"].items()}


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a title or body, short forms written out, `và` left out.

    Examples
    --------
    >>> words_of("UBND TP. Huế")
    ('ủi', 'ban', 'nhân', 'dân', 'thành', 'phố', 'huế')
    """
    short = _short_forms()
    words: list[str] = []
    for written in _WORD.findall(name):
        word = fold(written)
        if word != "và":
            # `TƯ` is short for `trung ương`, but `tư` is the second syllable of `đầu tư`.
            is_short = written.isupper() or not _VOWEL.search(word)
            words.extend(short.get(word, (word,)) if is_short else (word,))
    return tuple(words)


@cache
def _pattern(key: str) -> regex.Pattern[str]:
    words = sorted((fold(word) for word in load_toml("titles")[key]["words"]), key=len, reverse=True)
    return regex.compile("(?:" + "|".join(map(regex.escape, words)) + r")(?!\w)")


class Bodies:
    """The bodies of one article, with what is needed to tell which of their names are one."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self._organizations = [m for m in mentions if m.label == "ORG"]
        self._names = [text[m.start : m.end] for m in self._organizations]
        self._starts = [mention.start for mention in self._organizations]
        self._by_first: dict[tuple[str, ...], list[str]] = {}
        self._by_head: dict[str, list[int]] = {}
        self.counts = Counter(self._names)
        self._alias: dict[tuple[str, ...], tuple[str, ...]] = {}
        for index in range(len(self._names) - 1):
            before, after = self._organizations[index : index + 2]
            if text[before.end : after.start] in (" (", "(") and text[after.end : after.end + 1] == ")":
                self._alias.setdefault(words_of(self._names[index + 1]), words_of(self._names[index]))

    def key(self, body: str) -> tuple[str, ...]:
        """Return the words of the full name."""
        words = words_of(body)
        return self._alias.get(words, words)

    def same(self, first: str, second: str) -> bool:
        """Tell whether the two names can be one body; an empty name fits every body."""
        one, other = self.key(first), self.key(second)
        if len(one) > len(other):
            one, other = other, one
        if not one or one == other:
            return True
        stem, level = _without_level(one)
        if level and level != "tỉnh":
            named = _LEVEL_NAME.search(" ".join(other))
            if named and not named[1].startswith(level):
                return False
        if other[-len(one) :] == one and one[0] != "đảng":
            return True
        if stem[:1] != other[:1]:
            return len(one) > 3 and any(other[i : i + len(one)] == one for i in range(len(other)))
        if _is_subsequence(stem, other):
            return True
        return stem[0] in _SINGLE_HEADS and len(stem) > 2 and stem[:3] == other[:3]

    def fuller(self, first: str, second: str) -> str:
        """Return the name that says more; of a full name and its short form the more frequent one."""
        one, other = self.key(first), self.key(second)
        if set(one) == set(other):
            return second if self.counts[second] > self.counts[first] else first
        return second if len(other) > len(one) else first

    def canonical(self, name: str) -> str:
        """Return the fullest name that the article gives the body; the name itself where two are as full."""
        if not name:
            return ""
        if not self._by_first:
            for other in self.counts:
                self._by_first.setdefault(self.key(other)[:1], []).append(other)
        size = len(self.key(name))
        fuller = [
            other
            for other in self._by_first.get(self.key(name)[:1], ())[:_MOST_COMPARED]
            if len(self.key(other)) > size and self.same(name, other)
        ]
        longest = max(fuller, key=lambda other: len(self.key(other)), default=name)
        return longest if all(self.same(longest, other) for other in fuller) else name

    def _before(self, at: int) -> int:
        """Return how many bodies are named before an offset."""
        return bisect_left(self._starts, at)

    def complete(self, name: str, at: int) -> str:
        """Return the full name for a bare head word (`Sở`), the last one that the text gave before `at`."""
        if name.lower() not in _BARE_HEADS:
            return name
        head = name.lower() + " "
        named = self._by_head.get(head)
        if named is None:
            named = [i for i, other in enumerate(self._names) if other.lower().startswith(head)]
            self._by_head[head] = named
        if not named:
            return name
        return self._names[named[max(0, bisect_left(named, self._before(at)) - 1)]]

    def last(self, heads: tuple[str, ...], at: int, start: int = 0) -> str:
        """Return the last body before `at` whose name begins with one of the words."""
        for index in range(self._before(at) - 1, self._before(start) - 1, -1):
            if self._names[index].lower().startswith(heads):
                return self._names[index]
        return ""

    @cached_property
    def assembly(self) -> str:
        """Return the assembly whose delegates the article speaks of: that of the nation or a local one."""
        names = [name for name in self.counts if regex.search("quốc hội|hđnd", name.lower())]
        national = [name for name in names if "quốc hội" in name.lower()]
        local = [name for name in names if name not in national]
        if sum(self.counts[name] for name in national) >= sum(self.counts[name] for name in local):
            return next((name for name in national if name.lower() == "quốc hội"), "")
        named = [name for name in local if name.lower().startswith("hđnd")]
        return max(named, key=lambda name: self.counts[name], default="")

    @cached_property
    def company(self) -> str:
        """Return the company that the article speaks of most, as it is mostly named, or nothing."""
        names = {
            name: count for name, count in self.counts.items() if not _pattern("public").match(fold(name))
        }
        totals: Counter[tuple[str, ...]] = Counter()
        for name, count in names.items():
            totals[self.key(name)] += count
        if not totals:
            return ""
        top = totals.most_common(1)[0][0]
        return max((name for name in names if self.key(name) == top), key=lambda name: names[name])


def is_company_office(title: str) -> bool:
    """Tell whether the office is one of a company (`Chủ tịch HĐQT`)."""
    return _pattern("company").search(fold(title)) is not None


def _without_level(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Take a level without a name off the end (`UBND huyện`)."""
    for level, key in _LEVELS.items():
        if len(words) > len(level) and words[-len(level) :] == level:
            return words[: -len(level)], key
    return words, ""


def _is_subsequence(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in words)
