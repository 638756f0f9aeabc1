"""Units: numbers, dates, codes, abbreviations and addresses that no space divides, each kept whole."""

from __future__ import annotations

from collections.abc import Sequence

import regex

__all__ = ["unit_starts"]

Span = tuple[int, int]

_UNIT = regex.compile(
    r"""
      (?:https?://|www\.)[^\s"'<>()]*[\p{L}\p{N}/]
    | [A-Za-z\d_+-]{1,64}+(?:\.[A-Za-z\d_+-]{1,64}+){0,8}+@[A-Za-z\d-]{1,64}+(?:\.[A-Za-z\d-]{1,64}+){1,6}+
    | [A-Za-z\d-]{2,64}+(?:\.[A-Za-z\d-]{2,64}+){0,4}?\.(?:vn|com|net|org|info|gov|edu)(?:\.vn)?(?![\p{L}\p{N}])
    | \p{N}++(?:[.,:/-]\p{N}++)*+(?:[%‰]|[\p{L}\p{N}]++)?+(?:[-/.&][\p{Lu}\p{N}]++(?!\p{Ll}))*+
    | \p{Lu}[\p{Lu}\p{N}]*+(?:[-/.&][\p{Lu}\p{N}]++(?!\p{Ll}))++
    | (?:\p{Lu}{1,2}|(?i:tp|tx|ths|ts|gs|pgs|bs|ks|mr|mrs|ms|dr|st|th|tt|[qphx]))\.(?![.\p{Ll}])
    | \p{L}++'\p{L}++
    | [A-Za-z]++(?:-[a-z]++(?!\p{L}))++
    | [\p{L}\p{N}]++
    | \.{2,}+
    | .
    """,
    regex.VERBOSE,
)


def unit_starts(text: str, tokens: Sequence[Span]) -> list[bool]:
    """Tell of each token of one sentence whether it begins a unit.

    Examples
    --------
    >>> unit_starts("TP.HCM, 19-7.", [(0, 2), (2, 3), (3, 6), (6, 7), (8, 10), (10, 11), (11, 12), (12, 13)])
    [True, False, False, True, True, False, False, True]
    """
    starts = [True] * len(tokens)
    glued = [i for i in range(1, len(tokens)) if tokens[i - 1][1] == tokens[i][0]]
    last = len(tokens) - 1
    i = 0
    while i < len(glued):
        first = glued[i] - 1
        while i + 1 < len(glued) and glued[i + 1] == glued[i] + 1:
            i += 1
        end = glued[i]
        i += 1
        edges = {match.start() for match in _UNIT.finditer(text, tokens[first][0], tokens[end][1])}
        for k in range(first + 1, end + 1):
            starts[k] = tokens[k][0] in edges or (k == last and text[tokens[k][0] : tokens[k][1]] == ".")
    return starts
