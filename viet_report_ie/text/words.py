"""Words: syllable tokens joined by the trained segmenter, or by underthesea."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, pairwise
from threading import Lock
from typing import Literal

from viet_report_ie.text.segmenter import load_segmenter
from viet_report_ie.text.tokens import tokenize
from viet_report_ie.text.units import unit_starts

__all__ = ["Engine", "segment_words", "units_of"]

Span = tuple[int, int]
Engine = Literal["own", "underthesea"]

_BATCH = 1024
"""Tokens scored at once: the arrays stay small. A longer sentence is cut here."""
_GAP = 64
"""How many characters underthesea may leave out between two words."""
_loading = Lock()


def segment_words(
    text: str,
    sentences: Sequence[Span],
    protected: Sequence[Span] = (),
    engine: Engine = "own",
    tokens: Sequence[Span] | None = None,
) -> list[list[Span]]:
    """Segment each sentence into words.

    Parameters
    ----------
    text
        Shadow text.
    sentences
        Sentence spans in order, without overlaps.
    protected
        Spans whose edges no word crosses.
    engine
        The segmenter of this project, or underthesea's own.
    tokens
        The syllable tokens of `text`, where they are known.

    Examples
    --------
    >>> text = "Hà Nội thu hút đầu tư."
    >>> [[text[start:end] for start, end in words] for words in segment_words(text, [(0, 22)])]
    [['Hà Nội', 'thu hút', 'đầu tư', '.']]
    >>> segment_words(text, [(0, 22)], protected=[(0, 2)])[0][:2]
    [(0, 2), (3, 6)]
    """
    edges = {edge for span in protected for edge in span}
    tokens = _split(tokenize(text) if tokens is None else tokens, edges)
    divided = list(_divide(tokens, sentences))
    words_of = _own_words if engine == "own" else _underthesea_words
    words: list[list[Span]] = [[] for _ in sentences]
    for batch in _batches(divided):
        for (sentence, _), spans in zip(
            batch, words_of(text, [tokens for _, tokens in batch], edges), strict=True
        ):
            words[sentence] += spans
    return words


def units_of(text: str, sentences: Sequence[Span], tokens: Sequence[Span]) -> list[list[str]]:
    """Texts of the units of each sentence: what the segmenter joins, and learns to join.

    Examples
    --------
    >>> units_of("Ngày 19-7", [(0, 9)], [(0, 4), (5, 7), (7, 8), (8, 9)])
    [['Ngày', '19-7']]
    """
    units: list[list[str]] = [[] for _ in sentences]
    for sentence, part in _divide(tokens, sentences):
        part_starts, part_ends = zip(*part, strict=True)
        starts, ends = _join(part_starts, part_ends, unit_starts(text, part))
        units[sentence] += [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return units


def _split(tokens: Sequence[Span], edges: set[int]) -> Sequence[Span]:
    """Split the tokens in which a mention begins or ends, as in `TW1` behind a code."""
    starts, ends = zip(*tokens, strict=True) if tokens else ((), ())
    cuts: dict[int, list[int]] = {}
    for edge in sorted(edges.difference(starts, ends)):
        token = bisect_left(starts, edge) - 1
        if token >= 0 and edge < ends[token]:
            cuts.setdefault(token, []).append(edge)
    if not cuts:
        return tokens
    return [
        piece
        for token, (start, end) in enumerate(tokens)
        for piece in pairwise((start, *cuts.get(token, ()), end))
    ]


def _divide(tokens: Sequence[Span], sentences: Sequence[Span]) -> Iterator[tuple[int, Sequence[Span]]]:
    """Yield the tokens of each sentence, by no more than a batch, with the place of the sentence."""
    starts = [start for start, _ in tokens]
    for sentence, (start, end) in enumerate(sentences):
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        for i in range(first, last, _BATCH):
            yield sentence, tokens[i : min(i + _BATCH, last)]


def _batches(parts: Iterable[tuple[int, Sequence[Span]]]) -> Iterator[list[tuple[int, Sequence[Span]]]]:
    batch: list[tuple[int, Sequence[Span]]] = []
    size = 0
    for part in parts:
        batch.append(part)
        size += len(part[1])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _join(starts: Sequence[int], ends: Sequence[int], begins: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Join each token that begins nothing to the one before it; return the starts and the ends."""
    return [*compress(starts, begins)], [*compress(ends, chain(begins[1:], (True,)))]


def _cut(starts: Sequence[int], ends: Sequence[int], begins: list[bool], edges: set[int]) -> None:
    """Begin something at each edge of a protected span."""
    for i in [i for i, begin in enumerate(begins) if not begin] if edges else ():
        if starts[i] in edges or ends[i - 1] in edges:
            begins[i] = True


def _own_words(text: str, parts: list[Sequence[Span]], edges: set[int]) -> Iterator[list[Span]]:
    tokens = [*chain.from_iterable(parts)]
    starts, ends = zip(*tokens, strict=True)
    firsts = list(accumulate(map(len, parts), initial=0))
    begins = unit_starts(text, tokens, firsts[:-1])
    _cut(starts, ends, begins, edges)
    unit_begins, unit_ends = _join(starts, ends, begins)
    lengths = [begins[i:j].count(True) for i, j in pairwise(firsts)]
    units = [text[start:end] for start, end in zip(unit_begins, unit_ends, strict=True)]
    # The first unit of a sentence is never joined, so that all sentences are put together at once.
    begins = [not join for join in load_segmenter().joined(units, lengths)]
    _cut(unit_begins, unit_ends, begins, edges)
    words = [*zip(*_join(unit_begins, unit_ends, begins), strict=True)]
    unit = word = 0
    for length in lengths:
        last = word + begins[unit : unit + length].count(True)
        yield words[word:last]
        unit, word = unit + length, last


@lru_cache(maxsize=1)
def _word_tokenize() -> Callable[..., list[str]]:
    from underthesea import word_tokenize

    word_tokenize("a", use_token_normalize=False)
    loaded: Callable[..., list[str]] = word_tokenize
    return loaded


def _underthesea_words(text: str, parts: list[Sequence[Span]], edges: set[int]) -> Iterator[list[Span]]:
    # Its model loads at the first call, and fails when several threads make that call.
    with _loading:
        word_tokenize = _word_tokenize()
    for tokens in parts:
        first = tokens[0][0]
        sentence = text[first : tokens[-1][1]]
        starts: set[int] = {first}
        place = 0
        for word in word_tokenize(sentence, use_token_normalize=False):
            for k, piece in enumerate(word.split()):
                found = sentence.find(piece, place, place + len(piece) + _GAP)
                place = max(found, place)
                if k == 0:
                    starts.add(first + place)
                place += len(piece)
        begins = [start in starts for start, _ in tokens]
        token_starts, token_ends = zip(*tokens, strict=True)
        _cut(token_starts, token_ends, begins, edges)
        yield [*zip(*_join(token_starts, token_ends, begins), strict=True)]
