"""The data model: what a user of the library gets back, and its JSON form.

Every ``start`` and ``end`` is a half-open character offset in the article as given, so that
``report.text[item.start:item.end] == item.text`` holds for every item that carries a text.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from viet_report_ie.mentions.units import convert

__all__ = [
    "SCHEMA_VERSION",
    "TABLE_COLUMNS",
    "Entity",
    "Finding",
    "Measurement",
    "Official",
    "Period",
    "PinCite",
    "Place",
    "Position",
    "Quantity",
    "Reference",
    "Report",
    "Resolution",
    "Sentence",
    "Speech",
    "TextSpan",
    "Unit",
    "Zone",
]

SCHEMA_VERSION = "1.0"

TABLE_COLUMNS = (
    "article", "indicator", "low", "high", "whole", "unit", "bound", "kind", "status",
    "period", "date_from", "date_to", "base", "quantity", "start", "end", "sentence",
)  # fmt: skip


def _exact(value: object) -> object:
    # str() gives the shortest decimal that reads back as the same float, so 9.6 stays 9.6.
    return Decimal(str(value)) if isinstance(value, float) else value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal, BeforeValidator(_exact), PlainSerializer(_number), WithJsonSchema({"type": "number"})
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TextSpan(_Model):
    """A piece of the article.

    Attributes
    ----------
    start, end : int
        Half-open character offsets in the article as given.
    text : str
        The characters between them.
    """

    start: int
    end: int
    text: str


class Sentence(_Model):
    """A sentence and its words, as pairs of offsets; `speaker` is who says it, where the text tells."""

    start: int
    end: int
    words: list[tuple[int, int]]
    speaker: str | None = None


class Entity(TextSpan):
    """A labelled mention; `source` names the rule or model, `score` (0 … 1) tells how sure it is."""

    id: str
    label: str
    source: str
    score: float


class Position(_Model):
    """One office of an official: the title, the body it belongs to, and where the text says so.

    `status` is ``former``, ``appointed`` or ``acting`` where the text says so, else empty. `canonical` is the
    fullest name that the article gives the body (``Thành ủy Hải Phòng`` for ``Thành ủy``), where it is the
    only one. `source` names the rule that gave the office to the person, `score` tells how sure it is.
    """

    title: str
    organization: str
    start: int
    end: int
    status: str = ""
    canonical: str = ""
    source: str = ""
    score: float = 1.0


class Official(_Model):
    """A person who holds or held a position; `mentions` are ids of entities."""

    name: str
    positions: list[Position]
    mentions: list[str]
    source: str = ""
    score: float = 1.0


class Zone(_Model):
    """A named zone; what the text does not say of it is empty.

    Attributes
    ----------
    kind : str
        ``industrial_park``, ``economic_zone``, ``industrial_cluster``, ``export_processing_zone``,
        ``hi_tech_park``, ``it_park``, ``non_tariff_zone`` or ``other``.
    name : str
        Its name without the type word.
    place : str
        Where it lies, in the words of the text.
    mentions : list of str
        Ids of the entities that refer to it.
    status : str
        ``planned``, ``approved``, ``expanding`` or ``operating``.
    phase : str
        The words that name a phase (``giai đoạn 3``).
    manager : str
        The body whose name says that it manages the zone.
    """

    kind: str
    name: str
    place: str
    mentions: list[str]
    status: str = ""
    phase: str = ""
    manager: str = ""
    source: str = ""
    score: float = 1.0


class Unit(_Model):
    """An administrative unit by its official code; `level` is ``province``, ``district`` or ``ward``."""

    code: str
    level: str
    name: str
    parent: str


class Place(TextSpan):
    """A place name tied to official units.

    Attributes
    ----------
    mention : str
        Id of the entity that it is, or is a part of.
    before, since : list of Unit
        The unit in the division that ended on 30 June 2025 and in the present one: one place where the text
        decides it (a unit that was split has several successors), else the candidates.
    ambiguous : bool
        Whether the text leaves the choice open.
    source, score : str, float
        The rule that chose the units, and how sure it is.
    """

    mention: str
    before: list[Unit]
    since: list[Unit]
    ambiguous: bool
    source: str = ""
    score: float = 1.0


class Speech(_Model):
    """Reported speech: where it stands, the entity that names its speaker, and the person where known."""

    start: int
    end: int
    mention: str
    speaker: str
    source: str = ""
    score: float = 1.0


class PinCite(TextSpan):
    """The part of a document that is cited (``khoản 2 Điều 5``); `mention` is the entity it stands before."""

    mention: str


class Reference(TextSpan):
    """Words such as ``nghị quyết này``.

    `resolution` is the index of the document that they mean, else None, and `candidates` are the indices of
    those that they may mean.
    """

    resolution: int | None
    candidates: list[int] = Field(default_factory=list)


class Resolution(_Model):
    """A cited document behind all of its mentions.

    Attributes
    ----------
    kind : str
        Kind of document in lower case, such as ``nghị quyết``.
    number, name : str
        Its number (``45-NQ/TW``) or its name (``Đất đai 2013``); the other is empty.
    short : str
        The short form that the text or custom gives it (``NQ 45``).
    issuer : str
        The body that issued it, where the text says so.
    date : datetime.date or None
        The day it was issued, where the text says so.
    subject : str
        What it is about (``về …``), where the text says so.
    mentions : list of str
        Ids of the entities that refer to it.
    pin_cites : list of PinCite
        The parts of it that are cited.
    implements : list of int
        Indices, in the report's, of the documents that it is said to carry out.
    candidates : list of int
        Of a short citation that stayed open: indices of the documents that it may mean.
    source, score : str, float
        The rule that joined its citations, and how sure it is.
    """

    kind: str
    number: str
    name: str
    short: str
    issuer: str
    date: date | None
    subject: str
    mentions: list[str]
    pin_cites: list[PinCite] = Field(default_factory=list)
    implements: list[int] = Field(default_factory=list)
    candidates: list[int] = Field(default_factory=list)
    source: str = ""
    score: float = 1.0


class Quantity(TextSpan):
    """A number with its unit or counted noun.

    Attributes
    ----------
    low, high : Decimal or None
        The ends of a range; equal for a single value; None where the text leaves an end open.
    whole : Decimal or None
        The whole of a part of a whole (200 in ``155/200 đảng viên``).
    unit : str
        ISO code of a currency, ``%``, the symbol of a physical unit, or the counted noun.
    bound : str
        ``=``, ``~``, ``>``, ``>=``, ``<`` or ``<=``.
    """

    low: Number | None
    high: Number | None
    whole: Number | None = None
    unit: str
    bound: str

    def to(self, unit: str) -> Quantity:
        """Return the same quantity in another unit of the same dimension.

        Parameters
        ----------
        unit : str
            The unit wanted, such as ``"ha"``.

        Returns
        -------
        Quantity
            With `low`, `high` and `whole` converted exactly; offsets and text stay.

        Raises
        ------
        ValueError
            If the two units do not measure the same dimension.

        Examples
        --------
        >>> from viet_report_ie import parse_quantities
        >>> parse_quantities("33,75 km2")[0].to("ha").low
        Decimal('3375')
        """
        values = {
            name: None if value is None else convert(value, self.unit, unit)
            for name, value in (("low", self.low), ("high", self.high), ("whole", self.whole))
        }
        return self.model_copy(update={**values, "unit": unit})


class Period(TextSpan):
    """The time words that a figure holds for, and the days they cover, both inclusive; None is open."""

    date_from: date | None
    date_to: date | None


class Measurement(_Model):
    """A quantity tied to the indicator that it measures.

    Attributes
    ----------
    quantity : Quantity
        The figure.
    indicator : TextSpan or None
        The words that name what is measured.
    kind : str
        ``level``, ``change``, ``ratio``, ``share`` or ``rank``.
    status : str
        ``actual`` or ``target``.
    period : Period or None
        The time that the figure holds for.
    base : TextSpan or None
        What a change, a ratio or a share is compared with.
    source, score : str, float
        The rule or model that made the link, and how sure it is.
    speaker : str or None
        Who gives the figure, where it stands in reported speech.
    area : int or None
        Index, in the report's `places`, of the place that the figure holds for, where the text gives one.
    """

    quantity: Quantity
    indicator: TextSpan | None
    kind: str
    status: str
    period: Period | None
    base: TextSpan | None
    source: str
    score: float
    speaker: str | None = None
    area: int | None = None


class Finding(_Model):
    """What an editor would query; `measurements` are indices in the report's, `mentions` ids of entities."""

    kind: str
    message: str
    measurements: list[int]
    mentions: list[str]
    computed: float | None = None
    tolerance: float | None = None


class Report(_Model):
    """Everything that was found in one article.

    Examples
    --------
    >>> from viet_report_ie import Report, extract
    >>> report = extract("Năm 2020, tỉnh thu hút 9,6 tỷ USD.")
    >>> report.measurements[0].quantity.low
    Decimal('9600000000')
    >>> Report.from_dict(report.to_dict()) == report
    True
    """

    schema_version: str = SCHEMA_VERSION
    id: str | None = None
    published: date | None = None
    text: str
    sentences: list[Sentence] = Field(default_factory=list)
    entities: list[Entity] = Field(default_factory=list)
    officials: list[Official] = Field(default_factory=list)
    zones: list[Zone] = Field(default_factory=list)
    resolutions: list[Resolution] = Field(default_factory=list)
    measurements: list[Measurement] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    speeches: list[Speech] = Field(default_factory=list)
    places: list[Place] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-like values: the form that `from_dict` reads."""
        return self.model_dump(mode="json")

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as one JSON object; `indent` is the number of spaces of a level."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """Build a report from what `to_dict` returned.

        Parameters
        ----------
        data : dict
            JSON-like values; keys that this version does not know are ignored.

        Raises
        ------
        ValueError
            If a key is missing or holds a value of another type; the message names it.
        """
        return cls.model_validate(data)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of `to_dict`."""
        return cls.model_json_schema(mode="serialization")

    def to_table(self) -> list[dict[str, Any]]:
        """Return one plain row a measurement, ready for ``pandas.DataFrame``.

        Returns
        -------
        list of dict
            With the keys of `TABLE_COLUMNS`; numbers are int or float, dates ISO strings, gaps None.

        Examples
        --------
        >>> from viet_report_ie import extract
        >>> row = extract("Diện tích gieo trồng đạt 12 nghìn ha.").to_table()[0]
        >>> row["low"], row["unit"]
        (12000, 'ha')
        """
        starts = [sentence.start for sentence in self.sentences]
        return [
            self._row(measurement, self.sentences[bisect_right(starts, measurement.quantity.start) - 1])
            for measurement in self.measurements
        ]

    def to_html(self, *, language: str = "vi") -> str:
        """Return the report as one self-contained, offline HTML page.

        Parameters
        ----------
        language : str
            Of the labels when the page opens: ``vi`` or ``en``.

        Examples
        --------
        >>> from viet_report_ie import extract
        >>> extract("Tỉnh có 12 huyện.").to_html().startswith("<!doctype html>")
        True
        """
        # The page's template engine is loaded for those who ask for a page.
        from viet_report_ie.view.render import render

        return render([self], language=language)

    def _repr_html_(self) -> str:
        """Return the page in a frame: what a notebook shows."""
        from viet_report_ie.view.render import render_frame

        return render_frame(self)

    def _row(self, measurement: Measurement, sentence: Sentence) -> dict[str, Any]:
        quantity, period = measurement.quantity, measurement.period
        ends = {name: None if day is None else day.isoformat() for name, day in (
            ("date_from", period.date_from if period else None),
            ("date_to", period.date_to if period else None))}  # fmt: skip
        numbers = {
            name: None if value is None else _number(value)
            for name, value in (("low", quantity.low), ("high", quantity.high), ("whole", quantity.whole))
        }
        return {
            "article": self.id,
            "indicator": measurement.indicator.text if measurement.indicator else None,
            **numbers,
            "unit": quantity.unit,
            "bound": quantity.bound,
            "kind": measurement.kind,
            "status": measurement.status,
            "period": period.text if period else None,
            **ends,
            "base": measurement.base.text if measurement.base else None,
            "quantity": quantity.text,
            "start": quantity.start,
            "end": quantity.end,
            "sentence": self.text[sentence.start : sentence.end],
        }
