"""The span that every finder of this room returns, and the values that it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

__all__ = ["LABELS", "Amount", "Citation", "Interval", "Mention", "Value"]

LABELS = ("PERSON", "TITLE", "ORG", "ZONE", "LOC", "LAW", "DATE", "EVENT", "QUANTITY")


@dataclass(frozen=True)
class Amount:
    """What a quantity says; GUIDELINES §2 `value`, `unit`, `bound`."""

    low: Decimal | None
    high: Decimal | None
    whole: Decimal | None = None
    unit: str = ""
    bound: str = "="


@dataclass(frozen=True)
class Interval:
    """The days that a date expression covers, both inclusive; None where the text leaves an end open."""

    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True)
class Citation:
    """What one mention of a document says of it: its kind (lower case), and its number or its name."""

    kind: str
    number: str = ""
    name: str = ""


Value: TypeAlias = Amount | Interval | Citation


@dataclass(frozen=True)
class Mention:
    """A labelled span of the shadow text.

    `source` names the rule or model; `score` is in 0 … 1; `value` is an `Amount` for QUANTITY, an `Interval`
    for DATE, a `Citation` for LAW.
    """

    label: str
    start: int
    end: int
    source: str
    score: float = 1.0
    value: Value | None = None

    def overlaps(self, other: Mention) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end
