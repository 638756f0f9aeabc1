"""The article cut into pieces, each in at most one mention and in the same roles of figures throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from viet_report_ie.report import Entity, Measurement, Report

__all__ = ["Marked", "Piece", "cut_article", "role_spans"]

ROLES = {"q": "quantity", "i": "indicator", "p": "period", "b": "base"}
"""The letter of each role that words can play in a figure."""


@dataclass
class Piece:
    """Words of the article; `roles` are keys such as ``3i``: the indicator of figure 3."""

    text: str
    roles: tuple[str, ...] = ()


@dataclass
class Marked:
    """A mention, or words outside of any (`entity` is None)."""

    entity: Entity | None
    pieces: list[Piece] = field(default_factory=list)


def role_spans(measurement: Measurement) -> Iterator[tuple[str, int, int]]:
    """Yield the letter and the ends of each role that words play in a figure."""
    for letter, name in ROLES.items():
        span = getattr(measurement, name)
        if span is not None and span.end > span.start:
            yield letter, span.start, span.end


def cut_article(report: Report) -> list[list[Marked]]:
    """Cut the text of a report into paragraphs of marked pieces; nothing but line ends is left out.

    Examples
    --------
    >>> from viet_report_ie import extract
    >>> [[marked]] = cut_article(extract("Chào!"))
    >>> marked
    Marked(entity=None, pieces=[Piece(text='Chào!', roles=())])
    """
    text = report.text
    starts: dict[int, list[str]] = defaultdict(list)
    ends: dict[int, list[str]] = defaultdict(list)
    for number, measurement in enumerate(report.measurements):
        for letter, start, end in role_spans(measurement):
            starts[start].append(f"{number}{letter}")
            ends[end].append(f"{number}{letter}")
    inside: dict[int, Entity] = {}
    edges = {0, len(text), *starts, *ends}
    last = 0
    for entity in sorted(report.entities, key=lambda entity: (entity.start, -entity.end)):
        if last <= entity.start < entity.end <= len(text):
            inside[entity.start] = entity
            last = entity.end
            edges |= {entity.start, entity.end}
    edges |= {place for i, sign in enumerate(text) if sign in "\r\n" for place in (i, i + 1)}
    paragraphs: list[list[Marked]] = [[]]
    active: dict[str, None] = {}
    entity_now: Entity | None = None
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(text))
    for start, end in pairwise(ordered):
        for role in ends.get(start, ()):
            active.pop(role, None)
        active.update(dict.fromkeys(starts.get(start, ())))
        if entity_now is not None and start >= entity_now.end:
            entity_now = None
        entity_now = inside.get(start, entity_now)
        if text[start] in "\r\n":
            paragraphs.append([])
            continue
        line = paragraphs[-1]
        if not line or line[-1].entity is not entity_now:
            line.append(Marked(entity_now))
        line[-1].pieces.append(Piece(text[start:end], tuple(active)))
    return [line for line in paragraphs if line]
