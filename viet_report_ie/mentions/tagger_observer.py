"""What the tagger sees of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.tagger_features import Background, Seen
from viet_report_ie.mentions.tagger_words import looks, name_words, person_words, place_names, word_classes
from viet_report_ie.text.article import Article, Span

__all__ = ["Observer", "Sights", "blocks", "token_sentences"]

_LONGEST_PLACE = 9
_LOWER_PLACE = ("châu", "miền", "đồng")
_LONGEST_RUN = 12


Column = tuple[list[int], list[str]]
"""Tokens, each at most once, and for each an attribute."""


@dataclass(frozen=True)
class Sights:
    """What is seen of sentences: a key for every token, by kind, and columns of loose attributes."""

    keys: Mapping[str, list[Seen]]
    loose: Sequence[Column]
    sentences: Sequence[Span]


def token_sentences(article: Article, longest: int = 1 << 14) -> list[Span]:
    """Return the sentences as spans of token numbers, none of them empty; longer ones are cut."""
    tokens, at = article.tokens, 0
    spans: list[Span] = []
    for _, end in [*article.sentences, (0, len(article.text) + 1)]:
        first = at
        while at < len(tokens) and tokens[at][0] < end:
            at += 1
        spans += [(start, min(start + longest, at)) for start in range(first, at, longest)]
    return spans


def blocks(sentences: Sequence[Span], size: int = 1 << 14) -> Iterator[Sequence[Span]]:
    """Yield sentences by about so many tokens, so that no text however long takes much memory."""
    first = 0
    for at, (_, end) in enumerate(sentences, 1):
        if at == len(sentences) or end - sentences[first][0] >= size:
            yield sentences[first:at]
            first = at


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
        self.words = [text[start:end] for start, end in self.tokens]
        looked = [looks(word) for word in self.words]
        self.plain = [low for low, _, _ in looked]
        self.shapes = [form for _, form, _ in looked]
        self.capital = [capital for _, _, capital in looked]
        self.loose: list[Column] = []

    def sights(self) -> Sights:
        """Return what is seen of every token."""
        count = len(self.words)
        sentences = self.sentences
        lexical, places = [""] * count, [""] * count
        heads: list[Seen] = [None] * count
        runs: list[Span] = []
        for first, stop in sentences:
            self._match_words(first, stop, lexical, heads)
            self._match_places(first, stop, places)
            runs += self.runs(first, stop)
        self._pairs(sentences)
        self._match_names(sentences)
        self._match_classes(sentences)
        document = self._document(runs, lexical)
        flags: list[Seen] = [
            key if any(key) else None
            for key in zip(
                lexical,
                places,
                self._around(sentences),
                document,
                self._rules(),
                strict=True,
            )
        ]
        keys = {"word": list(self.words), "flag": flags, "head": heads}
        return Sights(keys, self.loose, sentences)

    def _pairs(self, sentences: list[Span]) -> None:
        low, form, words, readings = self.plain, self.shapes, self.words, self.background.pairs
        inner = [at for first, stop in sentences for at in range(first, stop - 1)]
        self.loose += [
            (inner, [f"b{low[at]} {low[at + 1]}" for at in inner]),
            (inner, [f"t{form[at]} {form[at + 1]}" for at in inner]),
            (inner, [f"u{low[at]} {form[at + 1]}" for at in inner]),
            (inner, [f"v{form[at]} {low[at + 1]}" for at in inner]),
        ]
        found = map(readings.get, [f"{words[at]} {words[at + 1]}" for at in inner])
        known = [(at, reading) for at, reading in zip(inner, found, strict=True) if reading]
        places = [at for at, _ in known]
        self.loose += [
            (places, ["y" + reading for _, reading in known]),
            (places, ["y" + reading[:3] for _, reading in known]),
        ]

    def _match_words(self, first: int, stop: int, lexical: list[str], heads: list[Seen]) -> None:
        lexicon, lowered = name_words(), self.plain
        at, head_end, head = first, first, None
        while at < stop:
            length, tag = lexicon.match(lowered, at, stop)
            if not length:
                if head is not None:
                    distance = at - head_end
                    heads[at] = (
                        *head,
                        str(distance) if distance < 4 else "5" if distance < 6 else "9",
                    )
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
            if capital[at] or lowered[at] in _LOWER_PLACE:
                for length in range(min(_LONGEST_PLACE, stop - at), 0, -1):
                    levels = capital[at + length - 1] and names.get(" ".join(lowered[at : at + length]))
                    if levels:
                        found = length
                        for place in range(at, at + length):
                            end = "L" if place == at + length - 1 else "I"
                            places[place] = ("B" if place == at else "") + end + levels
                        break
            at += found or 1

    def _match_classes(self, sentences: list[Span]) -> None:
        lexicon, lowered, form = word_classes(), self.plain, self.shapes
        places = [at for at, kind in enumerate(form) if kind == "x"]
        seen: list[str] = []
        for first, stop in sentences:
            at = end = first
            while at < stop:
                if form[at] != "x":
                    at += 1
                    continue
                while end <= at or (end < stop and form[end] == "x"):
                    end += 1
                length, word_class = lexicon.match(lowered, at, end)
                size = min(length, 2)
                seen.append(f"oB{word_class} {size}")
                seen += [f"oI{word_class} {size}"] * (length - 1)
                at += length or 1
        self.loose.append((places, seen))

    def _match_names(self, sentences: list[Span]) -> None:
        lexicon, lowered = self.background.lexicon, self.plain
        places: list[int] = []
        short: list[str] = []
        full: list[str] = []
        for first, stop in sentences:
            at = first
            while at < stop:
                length, tag = lexicon.match(lowered, at, stop)
                for place in range(at, at + length):
                    mark = ("mB" if place == at else "m") + ("L" if place == at + length - 1 else "I")
                    places.append(place)
                    short.append(mark + tag[0])
                    full.append(f"{mark}{tag} {min(length, 4)}")
                at += length or 1
        self.loose += [(places, short), (places, full)]

    def runs(self, first: int, stop: int) -> list[Span]:
        """Return the runs of capitalised words between two tokens."""
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
        places = [at for start, end in runs for at in range(start, end)]
        shared: list[tuple[str, ...]] = []
        own: list[tuple[str, ...]] = []
        read: list[int] = []
        readings: list[tuple[str, str]] = []
        for (start, end), (name, tag) in zip(runs, named, strict=True):
            size = end - start
            known = "".join(sorted(contexts[name])) if name in contexts else ""
            if size == 1 and name in given:
                known += "g"
            before = lowered[start - 1] if start else ""
            after = lowered[end] if end < len(lowered) else ""
            tag = tag or (self.shapes[start - 1] if start else "")
            first = lowered[start]
            seen = (
                f"@f {first}", f"@l {lowered[end - 1]}", f"@b {before}", f"@a {after}", f"@t {tag}",
                f"@n {min(size, 6)} {tag}",
            )  # fmt: skip
            shared += [seen] * size
            reading = self.background.runs.get(name)
            if reading:
                read += range(start, end)
                readings += [(f"@d {reading}", f"@e {reading[0]} {tag}")] * size
            document[start:end] = [known] * size
            for at in range(size):
                far = min(at, 3)
                own.append((f"@p {far} {min(size - 1 - at, 3)}", f"@q {tag} {far}", f"@r {first} {far}"))
        self.loose += [(places, list(column)) for rows in (shared, own) for column in zip(*rows, strict=True)]
        self.loose += [(read, list(column)) for column in zip(*readings, strict=True)]
        return document

    def _around(self, sentences: list[Span]) -> list[str]:
        words, around = self.words, [""] * len(self.words)
        text, tokens = self.text, self.tokens
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
        tokens, at = self.tokens, 0
        for mention in sorted(self.taken, key=lambda m: m.start):
            while at < len(tokens) and tokens[at][1] <= mention.start:
                at += 1
            first = at
            while at < len(tokens) and tokens[at][0] < mention.end:
                rules[at] = ("B" if at == first else "I") + mention.label
                at += 1
        return rules
