"""Why a report says what it says: the mentions and objects at an offset, with rule or model and score."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from viet_report_ie.pipeline import extract
from viet_report_ie.report import Report, Resolution, TextSpan

__all__ = ["Reason", "explain", "register"]


class Reason(NamedTuple):
    """One mention or object: what it says, the rule or model and the score, and the mentions it rests on."""

    kind: str
    says: str
    source: str
    score: float
    mentions: tuple[str, ...] = ()

    def __str__(self) -> str:
        rests = f"\n    rests on {'; '.join(self.mentions)}" if self.mentions else ""
        return f"{self.kind}: {self.says}\n    by {self.source} (score {self.score:.2f}){rests}"


def explain(report: Report, offset: int) -> list[Reason]:
    """Return what a report says of one character of its article, and why.

    Parameters
    ----------
    report : Report
        What `extract` returned.
    offset : int
        A character offset in the article as given.

    Returns
    -------
    list of Reason
        The mention at the offset, then every object that stands there or rests on that mention.

    Raises
    ------
    ValueError
        If `offset` lies outside of the text.

    Examples
    --------
    >>> report = extract("Thực hiện Nghị quyết số 45-NQ/TW của Bộ Chính trị.")
    >>> for reason in explain(report, 12):
    ...     print(reason)
    LAW: Nghị quyết số 45-NQ/TW [10, 32)
        by law-number (score 1.00)
    resolution: nghị quyết 45-NQ/TW, issuer Bộ Chính trị
        by resolution-cited (score 1.00)
        rests on e1 Nghị quyết số 45-NQ/TW [10, 32)
    """
    if not 0 <= offset < len(report.text):
        raise ValueError(f"offset: got {offset}, want 0 to {len(report.text) - 1}")
    at = {entity.id for entity in report.entities if entity.start <= offset < entity.end}
    found = [
        Reason(entity.label, _span(entity), entity.source, entity.score)
        for entity in report.entities
        if entity.id in at
    ]
    return [*found, *_objects(report, offset, at), *_figures(report, offset)]


def _objects(report: Report, offset: int, at: set[str]) -> Iterator[Reason]:
    """Yield the objects that rest on mentions."""
    names = {entity.id: f"{entity.id} {_span(entity)}" for entity in report.entities}

    def rests_on(mentions: Iterable[str]) -> tuple[str, ...]:
        return tuple(names[mention] for mention in mentions if mention in names)

    for official in report.officials:
        for position in official.positions:
            # An office is shown where it stands, and at each mention of its holder.
            if position.start <= offset < position.end or not at.isdisjoint(official.mentions):
                body = position.canonical or position.organization
                says = " | ".join(
                    part for part in (official.name, position.title, body, position.status) if part
                )
                yield Reason("official", says, position.source, position.score, rests_on(official.mentions))
    for zone in report.zones:
        if not at.isdisjoint(zone.mentions):
            says = ", ".join(part for part in (f"{zone.kind} {zone.name}", zone.place, zone.status) if part)
            yield Reason("zone", says, zone.source, zone.score, rests_on(zone.mentions))
    for law in report.resolutions:
        if not at.isdisjoint(law.mentions) or any(pin.start <= offset < pin.end for pin in law.pin_cites):
            yield Reason("resolution", _law(report, law), law.source, law.score, rests_on(law.mentions))
    for reference in report.references:
        if reference.start <= offset < reference.end:
            meant = reference.candidates if reference.resolution is None else [reference.resolution]
            says = f"{_span(reference)} means {' or '.join(_title(report.resolutions[one]) for one in meant)}"
            yield Reason("reference", says, "reference-unique", 1 / len(meant))
    for place in report.places:
        if place.start <= offset < place.end:
            units = [f"{unit.name} ({unit.code})" for unit in (*place.before, *place.since)]
            says = f"{_span(place)}: {', '.join(units)}"
            yield Reason("place", says, place.source, place.score, rests_on([place.mention]))
    for speech in report.speeches:
        if speech.start <= offset < speech.end:
            says = f"{speech.speaker} says [{speech.start}, {speech.end})"
            yield Reason("speech", says, speech.source, speech.score, rests_on([speech.mention]))


def _figures(report: Report, offset: int) -> Iterator[Reason]:
    """Yield the measurements whose figure, indicator, period or base stands at the offset."""
    for figure in report.measurements:
        parts = (figure.quantity, figure.indicator, figure.period, figure.base)
        if any(part and part.start <= offset < part.end for part in parts):
            says = f"{figure.quantity.text} of {figure.indicator.text if figure.indicator else '?'}"
            says += f" ({figure.kind}, {figure.status})"
            area = [] if figure.area is None else [f"area {_span(report.places[figure.area])}"]
            spans = [f"{name} {_span(part)}" for name, part in zip(
                ("figure", "indicator", "period", "base"), parts, strict=True) if part]  # fmt: skip
            yield Reason("measurement", says, figure.source, figure.score, (*spans, *area))


def _span(part: TextSpan) -> str:
    return f"{part.text} [{part.start}, {part.end})"


def _title(law: Resolution) -> str:
    return f"{law.kind} {law.number or law.name}"


def _law(report: Report, law: Resolution) -> str:
    parts = [_title(law)]
    parts += [f"issuer {law.issuer}"] if law.issuer else []
    parts += [f"date {law.date}"] if law.date else []
    parts += [f"carries out {_title(report.resolutions[other])}" for other in law.implements]
    parts += [f"may be {_title(report.resolutions[other])}" for other in law.candidates]
    return ", ".join(parts)


def register(app: typer.Typer) -> None:
    """Add the command ``explain``."""

    @app.command("explain")
    def explain_command(
        file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An article in UTF-8.")],
        at: Annotated[int, typer.Option(help="A character offset in the article.")],
        published: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication.")
        ] = None,
    ) -> None:
        """Print why the report says what it says of one character: mentions, objects, rules and scores."""
        text = file.read_text(encoding="utf-8-sig")
        try:
            reasons = explain(extract(text, published=published.date() if published else None), at)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        for reason in reasons:
            print(reason)
        if not reasons:
            print(f"nothing at offset {at}", file=sys.stderr)
