"""The objects that this room makes, in offsets of the shadow text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from viet_report_ie.mentions.mention import Interval, Mention
from viet_report_ie.text.article import Span

__all__ = [
    "Facts",
    "Finding",
    "Measurement",
    "Official",
    "Period",
    "PinCite",
    "Place",
    "Position",
    "Reference",
    "Resolution",
    "Speech",
    "Unit",
    "Zone",
]


@dataclass(frozen=True)
class Position:
    """One office; `start` and `end` cover its title and its body where they stand together.

    `status` is `former`, `appointed` or `acting` where the text says so, else empty. `canonical` is the
    fullest name that the article gives the body, where it is the only one. `source` names the rule that gave
    the office to the person.
    """

    title: str
    organization: str
    start: int
    end: int
    status: str = ""
    canonical: str = ""
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Official:
    """A person who holds or held a position, with every mention of the person.

    Among the mentions are offices named alone (`Bí thư Tỉnh ủy cho biết`) that fit no one else.
    """

    name: str
    positions: tuple[Position, ...]
    mentions: tuple[Mention, ...]
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Zone:
    """A named zone; `name` is without its type word, `place` as the text has it.

    `status` is `planned`, `approved`, `expanding` or `operating` where the text says so, `phase` the words
    that name one (`giai đoạn 3`), `manager` the body whose name says that it manages the zone.
    """

    kind: str
    name: str
    place: str
    mentions: tuple[Mention, ...]
    status: str = ""
    phase: str = ""
    manager: str = ""
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Unit:
    """An administrative unit; `level` is `province`, `district` or `ward`, `parent` a code."""

    code: str
    level: str
    name: str
    parent: str


@dataclass(frozen=True)
class Place:
    """A place name within a mention, tied to official units.

    `before` are the units of the division that ended on 30 June 2025, `since` those of the present one. Where
    the text decides it, both are one place and `ambiguous` is false; a unit that was split has several
    successors in `since`. Else they are the candidates.
    """

    mention: Mention
    start: int
    end: int
    before: tuple[Unit, ...]
    since: tuple[Unit, ...]
    ambiguous: bool = False
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Speech:
    """Reported speech, `start` to `end`, and the mention of its speaker: a person or an office named alone.

    `official` is the name of the person where it is known.
    """

    speaker: Mention
    official: str
    start: int
    end: int
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class PinCite:
    """The part of a document that is cited (`khoản 2 Điều 5`), and the mention that it stands before."""

    start: int
    end: int
    mention: Mention


@dataclass(frozen=True)
class Reference:
    """Words such as `nghị quyết này`: the index of the document that they mean, or of each candidate."""

    start: int
    end: int
    resolution: int | None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """A cited document behind all its mentions; `number` or `name` is empty.

    `implements` are indices of the documents that it is said to carry out, `candidates` those of the
    documents of which a short citation that stayed open may be one.
    """

    kind: str
    number: str
    name: str
    short: str
    issuer: str
    date: date | None
    subject: str
    mentions: tuple[Mention, ...]
    pin_cites: tuple[PinCite, ...] = ()
    implements: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True)
class Period:
    """The time words that a figure holds for, and the days that they cover."""

    span: Span
    interval: Interval


@dataclass(frozen=True)
class Measurement:
    """A quantity tied to what it measures; GUIDELINES §2. `area` is the index of a place."""

    quantity: Mention
    indicator: Span | None
    kind: str
    status: str
    period: Period | None
    base: Span | None
    source: str
    score: float
    area: int | None = None


@dataclass(frozen=True)
class Finding:
    """What an editor would query: measurements or mentions, the value computed, the tolerance of rounding."""

    kind: str
    message: str
    measurements: tuple[Measurement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    computed: float | None = None
    tolerance: float | None = None


@dataclass(frozen=True)
class Facts:
    """All objects of one article."""

    officials: list[Official]
    zones: list[Zone]
    resolutions: list[Resolution]
    measurements: list[Measurement]
    findings: list[Finding]
    speeches: list[Speech]
    places: list[Place]
    references: list[Reference] = field(default_factory=list)
