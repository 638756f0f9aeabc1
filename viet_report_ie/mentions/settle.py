"""The one place that decides between mentions that overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from viet_report_ie.mentions.mention import Mention

__all__ = ["settle"]


def settle(*groups: Iterable[Mention]) -> list[Mention]:
    """Choose mentions that do not overlap.

    The order: an earlier group before a later one; within a group the longer span (the guidelines: the
    outermost wins), then the earlier one.

    Parameters
    ----------
    *groups : iterable of Mention
        What the finders returned, the most trusted first.

    Returns
    -------
    list of Mention
        In the order of the text.

    Examples
    --------
    >>> inner = Mention("LOC", 6, 15, "tagger")
    >>> outer = Mention("ORG", 0, 15, "tagger")
    >>> [mention.label for mention in settle([inner, outer])]
    ['ORG']
    """
    starts: list[int] = []
    kept: list[Mention] = []
    for group in groups:
        for mention in sorted(group, key=lambda m: (m.start - m.end, m.start, m.label)):
            at = bisect_right(starts, mention.start)
            if (at and kept[at - 1].end > mention.start) or (at < len(kept) and kept[at].start < mention.end):
                continue
            starts.insert(at, mention.start)
            kept.insert(at, mention)
    return kept
