"""One name, one label: what the clear places of an article say of a name decides its unclear ones."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from viet_report_ie.mentions.tagger_decoder import SCALE, Ints, Labels
from viet_report_ie.mentions.tagger_observer import Observer
from viet_report_ie.text.article import Span

__all__ = ["favour_common_readings"]

_CLEAR = 4 * SCALE
"""A margin beyond this is as good as certain."""

UNSETTLED = "?"
"""How a name is read that is cut in two, or is half of a longer one."""

_FAVOUR = 2 * SCALE
"""What the reading that all other places agree on is worth."""


def favour_common_readings(
    observer: Observer, labels: Sequence[str], best: Labels, margin: Ints, emissions: Ints
) -> list[Span]:
    """Add to the emissions in favour of how a name is read elsewhere; return the sentences to search again.

    Only persons and bodies with a name in capitals or brand spelling (`PVOIL`, `VinFast`) are evened out: the
    same word may well be a place here and a part of a body there.
    """
    occurrences: dict[str, list[Span]] = {}
    for start, end in observer.runs:
        occurrences.setdefault(" ".join(observer.plain[start:end]), []).append((start, end))
    numbers, margins = best.tolist(), margin.tolist()
    firsts = [first for first, _ in observer.sentences]
    changed: set[int] = set()
    for name, places in occurrences.items():
        if len(places) < 2 or len(name) < 2:
            continue
        votes: Counter[str] = Counter()
        read_as: list[str] = []
        for start, end in places:
            read = {labels[number][2:] for number in numbers[start:end]}
            read_as.append(read.pop() if len(read) == 1 else UNSETTLED)
            votes[read_as[-1]] += min(_CLEAR, *margins[start:end])
        total = sum(votes.values()) - votes.pop("", 0)
        most, label = max(
            ((count, label) for label, count in votes.items() if label != UNSETTLED), default=(0, "")
        )
        brand = observer.shapes[places[0][0]] in ("XX", "xX")
        if not (label == "PERSON" or (label == "ORG" and brand)) or 2 * most < total or not most:
            continue
        begin, inside = labels.index(f"B-{label}"), labels.index(f"I-{label}")
        for (start, end), other in zip(places, read_as, strict=True):
            if other != label:
                emissions[start, begin] += _FAVOUR * most // total
                emissions[start:end, inside] += _FAVOUR * most // total
                changed.add(bisect_right(firsts, start) - 1)
    return [observer.sentences[number] for number in sorted(changed)]
