"""An annotated article as every corpus format sees it, between gold, reports and files of other tools.

A gold object names the words of an indicator, a period or a base; a report points at them. Here they keep
both, so that a format with offsets (brat, Label Studio) and one without (our JSONL) hold the same annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from viet_report_ie.report import Report
from viet_report_ie.text.article import read

__all__ = ["ROLES", "Document", "Figure", "Mention", "Words", "locate", "number"]

ROLES = ("indicator", "period", "base")
"""What a figure points at, beside its own words."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """Words of the article; the offsets are None where the article has no such words."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Mention:
    """A labelled span; `optional` where careful readers could differ."""

    id: str
    label: str
    start: int
    end: int
    optional: bool = False


@dataclass(frozen=True)
class Figure:
    """What the QUANTITY mention `id` measures; the fields are those of the annotation guidelines."""

    id: str
    low: float | None
    high: float | None
    whole: float | None
    unit: str
    bound: str
    kind: str
    status: str
    indicator: Words | None = None
    period: Words | None = None
    base: Words | None = None


@dataclass(frozen=True)
class Document:
    """An article with its annotation; officials, zones and laws are rows as in a gold object.

    Examples
    --------
    >>> from viet_report_ie import extract
    >>> document = Document.from_report(extract("Tỉnh có 12 huyện.", id="a"))
    >>> [(mention.id, mention.label) for mention in document.mentions]
    [('Q1', 'QUANTITY')]
    >>> Document.from_gold(document.to_gold()).figures == document.figures
    True
    """

    id: str
    text: str
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    officials: tuple[Json, ...] = ()
    zones: tuple[Json, ...] = ()
    laws: tuple[Json, ...] = ()

    @classmethod
    def from_json(cls, item: Json) -> Document:
        """Read a gold object or the dict of a report, whichever it is."""
        if "resolutions" in item or "schema_version" in item:
            return cls.from_report(Report.from_dict(item))
        return cls.from_gold(item)

    @classmethod
    def from_gold(cls, gold: Json) -> Document:
        """Read a gold object of the corpus; only `id` and `text` have to be there."""
        text = gold["text"]
        mentions = tuple(
            Mention(e["id"], e["label"], e["start"], e["end"], bool(e.get("optional")))
            for e in gold.get("entities", [])
        )
        figures = []
        for row in gold.get("measurements", []):
            near = (row["start"], row["end"])
            values: Json = {role: locate(text, row[role], near) if row[role] else None for role in ROLES}
            values |= {
                name: row[name] for name in ("low", "high", "whole", "unit", "bound", "kind", "status")
            }
            figures.append(Figure(id=row["id"], **values))
        facts = (tuple(gold.get(name, ())) for name in ("officials", "zones", "laws"))
        return cls(gold["id"], text, mentions, tuple(figures), *facts)

    def to_gold(self) -> Json:
        """Return the gold object: its mentions and figures in the order of the text."""
        spans = {mention.id: mention for mention in self.mentions}
        return {
            "id": self.id,
            "text": self.text,
            "entities": [
                {
                    "id": mention.id,
                    "label": mention.label,
                    "start": mention.start,
                    "end": mention.end,
                    "text": self.text[mention.start : mention.end],
                    "optional": mention.optional,
                }
                for mention in self.mentions
            ],
            "measurements": [self._row(figure, spans[figure.id]) for figure in self.figures],
            "officials": list(self.officials),
            "zones": list(self.zones),
            "laws": list(self.laws),
        }

    def _row(self, figure: Figure, quantity: Mention) -> Json:
        words = {role: getattr(figure, role) for role in ROLES}
        return {
            "id": figure.id,
            "start": quantity.start,
            "end": quantity.end,
            "text": self.text[quantity.start : quantity.end],
            "low": figure.low,
            "high": figure.high,
            "whole": figure.whole,
            "unit": figure.unit,
            "bound": figure.bound,
            "indicator": words["indicator"].text if words["indicator"] else "",
            "kind": figure.kind,
            "status": figure.status,
            "period": words["period"].text if words["period"] else "",
            "base": words["base"].text if words["base"] else "",
        }

    @classmethod
    def from_report(cls, report: Report) -> Document:
        """Read a report: a proposal that an annotator corrects."""
        spans = {(e.start, e.end, e.label) for e in report.entities}
        # A report of another system may measure words that it does not list as a mention.
        spans |= {(m.quantity.start, m.quantity.end, "QUANTITY") for m in report.measurements}
        mentions = number((label, start, end, False) for start, end, label in sorted(spans))
        quantities = {(m.start, m.end): m.id for m in mentions if m.label == "QUANTITY"}
        figures = []
        for found in report.measurements:
            amount = found.quantity
            ends = {name: getattr(amount, name) for name in ("low", "high", "whole")}
            figures.append(
                Figure(
                    id=quantities[amount.start, amount.end],
                    **{name: None if value is None else float(value) for name, value in ends.items()},
                    unit=amount.unit,
                    bound=amount.bound,
                    kind=found.kind,
                    status=found.status,
                    indicator=_words(found.indicator),
                    period=_words(found.period),
                    base=_words(found.base),
                )
            )
        texts = {entity.id: entity.text for entity in report.entities}
        return cls(
            id=report.id or "article",
            text=report.text,
            mentions=mentions,
            figures=tuple(figures),
            officials=tuple(
                {
                    "name": official.name,
                    "positions": [{"title": p.title, "org": p.organization} for p in official.positions],
                }
                for official in report.officials
            ),
            zones=tuple({"kind": z.kind, "name": z.name, "place": z.place} for z in report.zones),
            laws=tuple(
                {
                    "kind": law.kind,
                    "number": law.number or law.name,
                    "issuer": law.issuer,
                    "date": law.date.isoformat() if law.date else "",
                    "mentions": list(dict.fromkeys(texts[name] for name in law.mentions)),
                }
                for law in report.resolutions
            ),
        )

    def to_report(self) -> Report:
        """Return the annotation as a report: what the page shows.

        What a gold object does not say (the days of a period) is left empty, and so is what a report cannot
        say (a document's date that is only a year).
        """
        data = self.to_prediction()
        for law in data["resolutions"]:
            law["date"] = law["date"] if law["date"] and len(law["date"]) == 10 else None
        return Report.from_dict(data)

    def to_prediction(self) -> Json:
        """Return the annotation in the form of a report's dict, word for word: what `score` compares."""
        spans = {mention.id: mention for mention in self.mentions}
        article = read(self.text)
        sentences = (article.shadow.to_original(*sentence) for sentence in article.sentences)
        return {
            "id": self.id,
            "text": self.text,
            "sentences": [{"start": start, "end": end, "words": []} for start, end in sentences],
            "entities": [
                {**self._span(m), "id": m.id, "label": m.label, "source": "annotation", "score": 1.0}
                for m in self.mentions
            ],
            "officials": [
                {
                    "name": official["name"],
                    "positions": [
                        {"title": p["title"], "organization": p["org"], "start": 0, "end": 0}
                        for p in official["positions"]
                    ],
                    "mentions": self._named("PERSON", [official["name"]]),
                }
                for official in self.officials
            ],
            "zones": [{**z, "mentions": self._named("ZONE", [z["name"]])} for z in self.zones],
            "resolutions": [
                {
                    **{"kind": law["kind"], "number": law["number"], "name": "", "short": ""},
                    **{"issuer": law["issuer"], "date": law["date"] or None, "subject": ""},
                    "mentions": self._named("LAW", law["mentions"]),
                }
                for law in self.laws
            ],
            "measurements": [self._measurement(figure, spans[figure.id]) for figure in self.figures],
        }

    def _measurement(self, figure: Figure, quantity: Mention) -> Json:
        amount = {name: getattr(figure, name) for name in ("low", "high", "whole", "unit", "bound")}
        roles: Json = {}
        for role in ROLES:
            words: Words | None = getattr(figure, role)
            roles[role] = words and {"start": words.start or 0, "end": words.end or 0, "text": words.text}
        if roles["period"]:
            roles["period"] = {**roles["period"], "date_from": None, "date_to": None}
        return {
            "quantity": {**self._span(quantity), **amount},
            **roles,
            "kind": figure.kind,
            "status": figure.status,
            "source": "annotation",
            "score": 1.0,
        }

    def _span(self, mention: Mention) -> Json:
        return {"start": mention.start, "end": mention.end, "text": self.text[mention.start : mention.end]}

    def _named(self, label: str, names: Sequence[str]) -> list[str]:
        # A gold row names its mentions by their words; a zone's name is what its mention ends with.
        return [
            m.id
            for m in self.mentions
            if m.label == label and any(self.text[m.start : m.end].endswith(name) for name in names if name)
        ]


def number(spans: Iterable[tuple[str, int, int, bool]]) -> tuple[Mention, ...]:
    """Name spans in the order of the text: ``Q1`` … the quantities, ``m1`` … by their place the others."""
    mentions: list[Mention] = []
    quantities = 0
    for place, (label, start, end, optional) in enumerate(spans, 1):
        quantities += label == "QUANTITY"
        name = f"Q{quantities}" if label == "QUANTITY" else f"m{place}"
        mentions.append(Mention(name, label, start, end, optional))
    return tuple(mentions)


def locate(text: str, words: str, near: tuple[int, int]) -> Words:
    """Find words in the article: of several places the one nearest to a span, the earlier of two as near.

    Examples
    --------
    >>> locate("thu 5 tỷ, chi 7 tỷ, thu thêm 9 tỷ", "thu", near=(29, 33))
    Words(text='thu', start=20, end=23)
    >>> locate("thu 5 tỷ", "chi", near=(4, 8))
    Words(text='chi', start=None, end=None)
    """
    before = text.rfind(words, 0, near[0])
    after = text.find(words, max(0, near[0] - len(words) + 1))
    found = [place for place in (before, after) if place >= 0]
    if not found:
        return Words(words)
    start = min(found, key=lambda place: max(place - near[1], near[0] - place - len(words), 0))
    return Words(words, start, start + len(words))


def _words(span: Any) -> Words | None:
    return Words(span.text, span.start, span.end) if span else None
