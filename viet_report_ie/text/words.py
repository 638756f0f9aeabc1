"""Words: syllable tokens joined by the trained segmenter, or by underthesea."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Literal

from viet_report_ie.text.segmenter import load_segmenter
from viet_report_ie.text.tokens import tokenize
from viet_report_ie.text.units import unit_starts

__all__ = ["Engine", "segment_words"]

Span = tuple[int, int]
Engine = Literal["own", "underthesea"]

_BATCH = 4096
_GAP = 64
"""How far underthesea may skip characters between two words."""
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
    divided = _divide(tokenize(text) if tokens is None else tokens, sentences)
    edges = {edge for span in protected for edge in span}
    starts = _own_starts(text, divided, edges) if engine == "own" else _underthesea_starts(text, divided)
    return [
        _join(sentence, starts_word, edges) for sentence, starts_word in zip(divided, starts, strict=True)
    ]


def _divide(tokens: Sequence[Span], sentences: Sequence[Span]) -> list[list[Span]]:
    """Tokens of each sentence."""
    divided: list[list[Span]] = []
    i = 0
    for start, end in sentences:
        while i < len(tokens) and tokens[i][0] < start:
            i += 1
        first = i
        while i < len(tokens) and tokens[i][1] <= end:
            i += 1
        divided.append(list(tokens[first:i]))
    return divided


def _join(tokens: list[Span], starts_word: Sequence[bool], edges: set[int]) -> list[Span]:
    words: list[Span] = []
    for (start, end), begins in zip(tokens, starts_word, strict=True):
        if begins or not words or start in edges or words[-1][1] in edges:
            words.append((start, end))
        else:
            words[-1] = (words[-1][0], end)
    return words


def _own_starts(text: str, divided: list[list[Span]], edges: set[int]) -> Iterator[list[bool]]:
    """Tell of each token whether it begins a word, by the trained segmenter."""
    segmenter = load_segmenter()
    for batch in _batches(divided):
        marks = [_mark_units(text, tokens, edges) for tokens in batch]
        units = [_unit_texts(text, tokens, begins) for tokens, begins in zip(batch, marks, strict=True)]
        joined = iter(segmenter.joined(units))
        for begins in marks:
            yield [begin and not next(joined) for begin in begins]


def _batches(divided: list[list[Span]]) -> Iterator[list[list[Span]]]:
    """Sentences by the few thousand tokens, so that the arrays stay small."""
    batch: list[list[Span]] = []
    size = 0
    for tokens in divided:
        batch.append(tokens)
        size += len(tokens)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _mark_units(text: str, tokens: list[Span], edges: set[int]) -> list[bool]:
    begins = unit_starts(text, tokens)
    if edges:
        for i in range(1, len(tokens)):
            if not begins[i] and (tokens[i][0] in edges or tokens[i - 1][1] in edges):
                begins[i] = True
    return begins


def _unit_texts(text: str, tokens: list[Span], begins: list[bool]) -> list[str]:
    if all(begins):
        return [text[start:end] for start, end in tokens]
    firsts = [i for i, begin in enumerate(begins) if begin]
    lasts = [*(i - 1 for i in firsts[1:]), len(tokens) - 1]
    return [text[tokens[i][0] : tokens[j][1]] for i, j in zip(firsts, lasts, strict=True)]


@lru_cache(maxsize=1)
def _load_underthesea() -> Callable[..., list[str]]:
    from underthesea import word_tokenize

    word_tokenize("a", use_token_normalize=False)
    tokenizer: Callable[..., list[str]] = word_tokenize
    return tokenizer


def _underthesea_starts(text: str, divided: list[list[Span]]) -> Iterator[list[bool]]:
    """Tell of each token whether it begins a word, by underthesea, whose words come without offsets."""
    with _loading:
        word_tokenize = _load_underthesea()
    for tokens in divided:
        if not tokens:
            yield []
            continue
        first = tokens[0][0]
        sentence = text[first : tokens[-1][1]]
        starts: set[int] = set()
        place = 0
        for word in word_tokenize(sentence, use_token_normalize=False):
            pieces = word.split()
            for k, piece in enumerate(pieces):
                found = sentence.find(piece, place, place + len(piece) + _GAP)
                place = found if found >= 0 else place
                if k == 0:
                    starts.add(first + place)
                place += len(piece)
        yield [start in starts for start, _ in tokens]
