"""An article cut into the tokens that tools annotate: words or syllables, none across a mention's edge."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal

from viet_report_ie.pipeline import find_words
from viet_report_ie.text.article import Span, read
from viet_report_ie.text.tokens import tokenize

__all__ = ["Unit", "cut_tokens"]

Unit = Literal["word", "syllable"]


def cut_tokens(text: str, edges: Iterable[int], unit: Unit) -> list[list[Span]]:
    """Return the token spans of each sentence, in offsets of `text`; all but white space is in one.

    Examples
    --------
    >>> text = "Hà Nội thu hút đầu tư."
    >>> [[text[start:end] for start, end in tokens] for tokens in cut_tokens(text, [0, 6], "word")]
    [['Hà Nội', 'thu hút', 'đầu tư', '.']]
    >>> [text[start:end] for start, end in cut_tokens(text, [4], "syllable")[0][:3]]
    ['Hà', 'N', 'ội']
    """
    article = read(text)
    shadow = article.shadow
    if unit == "word":
        spans = [word for words in find_words(article, []) for word in words]
    else:
        spans = list(tokenize(article.text))
    starts = [shadow.to_original(*sentence)[0] for sentence in article.sentences]
    sentences: list[list[Span]] = [[] for _ in range(len(starts) + 1)]
    for start, end in _cut(text, (shadow.to_original(*span) for span in spans), sorted(set(edges))):
        sentences[bisect_right(starts, start)].append((start, end))
    return [tokens for tokens in sentences if tokens]


def _cut(text: str, spans: Iterable[Span], edges: list[int]) -> Iterator[Span]:
    position = 0
    for start, end in spans:
        if start < position:  # two characters of the shadow may come from one of the article
            start = position
        if start >= end:
            continue
        for gap in re.finditer(r"\S+", text[position:start]):
            yield from _split(text, position + gap.start(), position + gap.end(), edges)
        yield from _split(text, start, end, edges)
        position = end
    for gap in re.finditer(r"\S+", text[position:]):
        yield from _split(text, position + gap.start(), position + gap.end(), edges)


def _split(text: str, start: int, end: int, edges: list[int]) -> Iterator[Span]:
    inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    for one, other in zip([start, *inside], [*inside, end], strict=True):
        # A cut between words leaves the space between them on one side.
        piece = text[one:other]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield one + lead, one + len(piece.rstrip())
