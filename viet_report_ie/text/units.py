"""Units: numbers, dates, codes, abbreviations and addresses that no space divides, each kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

__all__ = ["unit_starts"]

Span = tuple[int, int]

_LONGEST_KEPT = 32
"""The units of longer pieces are not remembered."""

_UNIT = regex.compile(
    r"""
      (?:https?://|www\.)[^\s"'<>()]*[\p{L}\p{N}/]
    | [A-Za-z\d_+-]{1,64}+(?:\.[A-Za-z\d_+-]{1,64}+){0,8}+@[A-Za-z\d-]{1,64}+(?:\.[A-Za-z\d-]{1,64}+){1,6}+
    | [A-Za-z\d-]{2,64}+(?:\.[A-Za-z\d-]{2,64}+){0,4}?\.(?:vn|com|net|org|info|gov|edu)(?:\.vn)?
      (?![\p{L}\p{N}])
    | \p{N}++(?:[.,:/-]\p{N}++)*+(?:[%‰]|\p{Lu}++\p{N}*+|[hg]\p{N}++|(?=[^\p{L}]|$))(?!\p{Ll})
      (?:[-/.&][\p{Lu}\p{N}]++(?!\p{Ll}))*+
    | \p{N}++(?:[.,:/-]\p{N}++)*+
    | \p{Lu}[\p{Lu}\p{N}]*+(?:[-/.&][\p{Lu}\p{N}]++(?!\p{Ll}))++
    | (?:\p{Lu}{1,2}|(?i:tp|tx|ths|ts|gs|pgs|bs|ks|mr|mrs|ms|dr|st|th|tt|[qphx]))\.(?![.\p{Ll}])
    | \p{L}++(?:'\p{L}++)++
    | (?i:v\.v)\.?
    | [A-Za-z]++(?:-(?:[a-z]++(?!\p{L})|\p{N}++))++
    | [\p{L}\p{N}]++
    | \.{2,}+
    | .
    """,
    regex.VERBOSE,
)


@lru_cache(maxsize=1 << 14)
def _edges(piece: str) -> frozenset[int]:
    """Return where the units of a piece without a space begin."""
    return frozenset(match.start() for match in _UNIT.finditer(piece))


def unit_starts(text: str, tokens: Sequence[Span], firsts: Sequence[int] = (0,)) -> list[bool]:
    """Tell of each token whether it begins a unit.

    Parameters
    ----------
    text
        Shadow text.
    tokens
        Syllable tokens of some sentences.
    firsts
        The place in `tokens` of the first token of each sentence.

    Examples
    --------
    >>> unit_starts("TP.HCM, 19-7.", [(0, 2), (2, 3), (3, 6), (6, 7), (8, 10), (10, 11), (11, 12), (12, 13)])
    [True, False, False, True, True, False, False, True]
    """
    starts = [True] * len(tokens)
    token_starts, ends = zip(*tokens, strict=True) if tokens else ((), ())
    glued = [i for i, (end, start) in enumerate(zip(ends, token_starts[1:], strict=False), 1) if end == start]
    # A full stop ends its sentence even after an abbreviation.
    closed = {first - 1 for first in firsts[1:]} | {len(tokens) - 1}
    i = 0
    while i < len(glued):
        first = glued[i] - 1
        while i + 1 < len(glued) and glued[i + 1] == glued[i] + 1:
            i += 1
        last = glued[i]
        i += 1
        if last == first + 1 and text[token_starts[last]] in ',;:!?")':
            continue
        begin = token_starts[first]
        piece = text[begin : ends[last]]
        edges = _edges(piece) if len(piece) <= _LONGEST_KEPT else _edges.__wrapped__(piece)
        for k in range(first + 1, last + 1):
            start = token_starts[k]
            starts[k] = start - begin in edges or (k in closed and text[start : ends[k]] == ".")
    for k in firsts:
        starts[k] = True
    return starts
