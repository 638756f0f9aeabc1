"""What the tagger sees of an article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.tagger_features import Background, Seen
from viet_report_ie.mentions.tagger_words import (
    Phrases,
    class_marks,
    longest_places,
    looks,
    name_marks,
    name_words,
    person_words,
    place_names,
    word_classes,
)
from viet_report_ie.text.article import Article, Span

__all__ = ["Observer", "Sights", "blocks", "token_sentences"]

_LOWER_PLACE = ("châu", "miền", "đồng")
_LONGEST_RUN = 12
_BRACKETS = frozenset("()")
_BRACKETED = 12
_HEAD_DISTANCES = ("0", "1", "2", "3", "5", "5", "9", "9", "9", "9", "9")
"""How far behind a head a token stands, coarser with the distance."""
_FAR_FROM_HEAD = len(_HEAD_DISTANCES)
_NO_CLASS = "oB 0"


Columns = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Tokens, each at most once, and columns that have an attribute for each; all are seen alike far."""


@dataclass(frozen=True)
class Sights:
    """What is seen of sentences.

    Parameters
    ----------
    keys
        A key for every token, by kind.
    views
        The forms of every token, of which pairs are made.
    loose
        Attributes that stand for themselves.
    runs
        Runs of capitalised words.
    of_runs
        Columns of attributes, one for each run: all of its tokens have it.
    sentences
        The sentences as spans of token numbers.
    """

    keys: Mapping[str, list[Seen]]
    views: Mapping[str, Sequence[str]]
    loose: Sequence[Columns]
    runs: Sequence[Span]
    of_runs: Sequence[Sequence[str]]
    sentences: Sequence[Span]


def token_sentences(article: Article, longest: int = 1 << 14) -> list[Span]:
    """Return the sentences as spans of token numbers, none of them empty; longer ones are cut."""
    starts = [start for start, _ in article.tokens]
    ends = [bisect_left(starts, end) for _, end in article.sentences]
    spans: list[Span] = []
    for first, end in pairwise([0, *ends, len(starts)]):
        spans += [(start, min(start + longest, end)) for start in range(first, end, longest)]
    return spans


def blocks(sentences: Sequence[Span], size: int = 1 << 14) -> Iterator[Sequence[Span]]:
    """Yield sentences by about so many tokens, so that no text however long takes much memory."""
    first = 0
    for at, (_, end) in enumerate(sentences, 1):
        if at == len(sentences) or end - sentences[first][0] >= size:
            yield sentences[first:at]
            first = at


@lru_cache(maxsize=1 << 12)
def _head_keys(tag: str, head: str) -> tuple[Seen, ...]:
    """Return what the tokens behind a head see of it."""
    return tuple((tag, head, distance) for distance in _HEAD_DISTANCES)


class Observer:
    """Reads some sentences of an article; :meth:`sights` tells what there is to see.

    Parameters
    ----------
    article
        The article as read.
    taken
        What rules have found in it.
    background
        What is known from other text.
    sentences
        Adjacent sentences of the article, as spans of token numbers.
    """

    def __init__(
        self,
        article: Article,
        taken: Sequence[Mention],
        background: Background,
        sentences: Sequence[Span],
    ) -> None:
        first, stop = sentences[0][0], sentences[-1][1]
        text = article.text
        self.text = text
        self.tokens = article.tokens[first:stop]
        self.sentences = [(start - first, end - first) for start, end in sentences]
        self.taken = taken
        self.background = background
        self.words = article.words[first:stop]
        self.plain, self.shapes, self.capital = zip(*map(looks, self.words), strict=True)
        self.phrases = Phrases(self.plain, [stop - 1 for _, stop in self.sentences])
        self.ends = [stop for first, stop in self.sentences for _ in range(first, stop)]
        """Of each token, where its sentence ends."""
        self.runs = self._runs()

    def sights(self) -> Sights:
        """Return what is seen of every token."""
        lexical, heads = self._match_words()
        document, own, of_runs = self._document(lexical)
        flags = zip(lexical, self._match_places(), self._around(), document, self._rules(), strict=True)
        return Sights(
            keys={"word": self.words, "flag": list(flags), "head": heads},
            views={"plain": self.plain, "shape": self.shapes, "word": self.words},
            loose=[self._match_names(), self._match_classes(), own],
            runs=self.runs,
            of_runs=of_runs,
            sentences=self.sentences,
        )

    def _match_words(self) -> tuple[list[str], list[Seen]]:
        """Mark the words that announce names, and the tokens behind one with it and their distance."""
        lexicon, marks, ends = name_words(), name_marks(), self.ends
        lexical = [""] * len(ends)
        heads: list[Seen] = [None] * len(ends)
        found = lexicon.find(self.phrases)
        head_end, keys = 0, None
        for (entry, first, stop), (_, behind, _) in pairwise([*found, (0, len(ends), 0)]):
            lexical[first:stop] = marks[entry]
            tag = lexicon.tags[entry]
            if tag != "N":
                keys, head_end = _head_keys(tag, lexicon.phrases[entry]), stop
            # A sentence ends what a head announces.
            if keys is None or ends[stop - 1] != ends[head_end - 1]:
                keys = None
                continue
            last = min(behind, head_end + _FAR_FROM_HEAD, ends[stop - 1])
            if stop < last:
                heads[stop:last] = keys[stop - head_end : last - head_end]
        return lexical, heads

    def _match_places(self) -> list[str]:
        names, capital, lowered, ends = place_names(), self.capital, self.plain, self.ends
        longest, places = longest_places(), [""] * len(ends)
        position = 0
        for at, word in enumerate(lowered):
            if word not in longest or not (capital[at] or word in _LOWER_PLACE) or at < position:
                continue
            for stop in range(min(at + longest[word], ends[at]), at, -1):
                levels = capital[stop - 1] and names.get(" ".join(lowered[at:stop]))
                if levels:
                    places[at:stop] = ["I" + levels] * (stop - at)
                    places[stop - 1] = "L" + levels
                    places[at] = "B" + places[at]
                    position = stop
                    break
        return places

    def _match_classes(self) -> Columns:
        """Return the parts of speech of the words in lower case."""
        lexicon, marks = word_classes(), class_marks()
        seen = [_NO_CLASS if form == "x" else "" for form in self.shapes]
        lowered = [low if form == "x" else None for low, form in zip(self.plain, self.shapes, strict=True)]
        for entry, first, stop in lexicon.find(Phrases(lowered, self.phrases.ends)):
            seen[first:stop] = marks[entry]
        return [*compress(range(len(seen)), seen)], [[*filter(None, seen)]]

    def _match_names(self) -> Columns:
        """Return how names that are known from elsewhere are read there: in short, and in full."""
        lexicon, marks = self.background.lexicon, self.background.marks
        places: list[int] = []
        short: list[str] = []
        full: list[str] = []
        for entry, first, stop in lexicon.find(self.phrases):
            places += range(first, stop)
            in_short, in_full = marks[entry]
            short += in_short
            full += in_full
        return places, (short, full)

    def _runs(self) -> list[Span]:
        """Return the runs of capitalised words, each in one sentence."""
        runs: list[Span] = []
        ends, last = self.ends, -1
        for at in compress(range(len(ends)), self.capital):
            if at == last and ends[at] == ends[at - 1]:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
            last = at + 1
        return runs

    def _document(self, lexical: list[str]) -> tuple[list[str], Columns, Sequence[Sequence[str]]]:
        """See the runs of capitalised words.

        Return what the article says of the words of each token elsewhere, columns for the tokens of runs, and
        columns for the runs.
        """
        lowered, runs = self.plain, self.runs
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
        of_runs: list[tuple[str, ...]] = []
        own: list[tuple[str, ...]] = []
        for (start, end), (name, tag) in zip(runs, named, strict=True):
            size = end - start
            known = "".join(sorted(contexts[name])) if name in contexts else ""
            if size == 1 and name in given:
                known += "g"
            before = lowered[start - 1] if start else ""
            after = lowered[end] if end < len(lowered) else ""
            tag = tag or (self.shapes[start - 1] if start else "")
            first = lowered[start]
            reading = self.background.runs.get(name, "")
            of_runs.append(
                (
                    f"@f {first}", f"@l {lowered[end - 1]}", f"@b {before}", f"@a {after}", f"@t {tag}",
                    f"@n {min(size, 6)} {tag}",
                    f"@d {reading}" if reading else "", f"@e {reading[0]} {tag}" if reading else "",
                )
            )  # fmt: skip
            document[start:end] = [known] * size
            for at in range(size):
                far = min(at, 3)
                own.append((f"@p {far} {min(size - 1 - at, 3)}", f"@q {tag} {far}", f"@r {first} {far}"))
        places = [at for start, end in runs for at in range(start, end)]
        return document, (places, [*zip(*own, strict=True)]), [*zip(*of_runs, strict=True)]

    def _around(self) -> list[str]:
        """Mark what begins a line or a sentence, and what stands in brackets."""
        words, around = self.words, [""] * len(self.words)
        text, tokens = self.text, self.tokens
        for first, _ in self.sentences:
            start = tokens[first][0]
            around[first] = "L" if start == 0 or "\n" in text[max(0, start - 2) : start] else "S"
        brackets = [at for at, word in enumerate(words) if word in _BRACKETS]
        for opened, closed in pairwise([*brackets, len(words)]):
            if words[opened] == "(":
                stop = min(closed, opened + _BRACKETED, self.ends[opened])
                around[opened + 1 : stop] = ["("] * (stop - opened - 1)
        return around

    def _rules(self) -> list[str]:
        rules = [""] * len(self.words)
        ends, starts = [end for _, end in self.tokens], [start for start, _ in self.tokens]
        for mention in self.taken:
            first, stop = bisect_right(ends, mention.start), bisect_left(starts, mention.end)
            if first < stop:
                rules[first:stop] = [f"B{mention.label}"] + [f"I{mention.label}"] * (stop - first - 1)
        return rules
