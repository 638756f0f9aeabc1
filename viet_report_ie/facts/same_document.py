"""One document that is cited with two numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from viet_report_ie.facts.model import Finding, Resolution
from viet_report_ie.text.article import Article

__all__ = ["two_numbers"]

_MOST = 40
_REACH = 300
_WORD = regex.compile(r"\p{L}++|\d++")
_JOINTS = frozenset(("số", "về", "việc"))
_LEAST, _LONGEST = 15, 30
"""How many words must follow the citations for their sense to be told, and how many are read."""


def two_numbers(article: Article, resolutions: Sequence[Resolution]) -> Iterator[Finding]:
    """Find documents of one kind, issuer and subject with two numbers; dates that differ make them two."""
    full = [resolution for resolution in resolutions if resolution.number and resolution.issuer][:_MOST]
    for one, other in combinations(full, 2):
        if one.kind != other.kind or one.issuer.lower() != other.issuer.lower():
            continue
        if one.number == other.number or (one.date and other.date and one.date != other.date):
            continue
        if _agree(_sense(article, one), _sense(article, other)):
            yield Finding(
                kind="two_numbers",
                message=f"cùng một {one.kind} của {one.issuer} mang hai số: {one.number} và {other.number}",
                mentions=(one.mentions[0], other.mentions[0]),
            )


def _sense(article: Article, resolution: Resolution) -> list[str]:
    """Return the words that follow a citation in its line: the issuer and what the document is about."""
    end = resolution.mentions[0].end
    line = article.text[end : end + _REACH].split("\n")[0].lower()
    return [word for word in _WORD.findall(line) if word not in _JOINTS][:_LONGEST]


def _agree(one: list[str], other: list[str]) -> bool:
    """Tell whether two citations go on with the same words."""
    length = min(len(one), len(other))
    same = 0
    while same < length and one[same] == other[same]:
        same += 1
    return same >= _LEAST
