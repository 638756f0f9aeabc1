"""Patterns made from lists of words."""

from __future__ import annotations

from collections.abc import Iterable

import regex

__all__ = ["alternatives", "lower"]


def alternatives(words: Iterable[str]) -> str:
    r"""Return a pattern that matches any of the words, the longest first.

    Examples
    --------
    >>> alternatives(["ông", "bà", "đồng chí"])
    'đồng\\ chí|ông|bà'
    """
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


def lower(text: str) -> str:
    """Return the text in lower case, each character at its place.

    Examples
    --------
    >>> lower("KCN Tràng Duệ")
    'kcn tràng duệ'
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
