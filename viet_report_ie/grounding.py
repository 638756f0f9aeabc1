"""From objects in offsets of the shadow to the report in offsets of the article as given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from viet_report_ie.facts import model
from viet_report_ie.mentions.mention import Amount, Interval, Mention
from viet_report_ie.report import (
    Entity,
    Finding,
    Measurement,
    Official,
    Period,
    Position,
    Quantity,
    Report,
    Resolution,
    Sentence,
    TextSpan,
    Zone,
)
from viet_report_ie.text.article import Article, Span
from viet_report_ie.text.shadow import Shadow

__all__ = ["build_report", "ground_period", "ground_quantity"]


def build_report(
    article: Article,
    words: Iterable[Iterable[Span]],
    mentions: Sequence[Mention],
    facts: model.Facts,
    *,
    published: date | None,
    article_id: str | None,
) -> Report:
    """Put everything that was found in one article into a `Report`."""
    shadow = article.shadow
    entities = [mention for mention in mentions if _is_entity(mention)]
    ids = {_key(mention): f"e{number}" for number, mention in enumerate(entities, 1)}

    def refer(mentioned: Iterable[Mention]) -> list[str]:
        return [ids[_key(mention)] for mention in mentioned if _key(mention) in ids]

    numbers = {id(measurement): number for number, measurement in enumerate(facts.measurements)}
    return Report(
        id=article_id,
        published=published,
        text=shadow.original,
        sentences=[
            Sentence(**_ends(shadow, span), words=[shadow.to_original(*word) for word in inside])
            for span, inside in zip(article.sentences, words, strict=True)
        ],
        entities=[
            Entity(
                **_text(shadow, (mention.start, mention.end)),
                id=ids[_key(mention)],
                label=mention.label,
                source=mention.source,
                score=round(mention.score, 4),
            )
            for mention in entities
        ],
        officials=[
            Official(
                name=official.name,
                positions=[_position(shadow, position) for position in official.positions],
                mentions=refer(official.mentions),
            )
            for official in facts.officials
        ],
        zones=[
            Zone(kind=zone.kind, name=zone.name, place=zone.place, mentions=refer(zone.mentions))
            for zone in facts.zones
        ],
        resolutions=[
            Resolution(
                kind=document.kind,
                number=document.number,
                name=document.name,
                short=document.short,
                issuer=document.issuer,
                date=document.date,
                subject=document.subject,
                mentions=refer(document.mentions),
            )
            for document in facts.resolutions
        ],
        measurements=[_measurement(shadow, measurement) for measurement in facts.measurements],
        findings=[
            Finding(
                kind=finding.kind,
                message=finding.message,
                measurements=[numbers[id(measurement)] for measurement in finding.measurements],
                mentions=refer(finding.mentions),
                computed=finding.computed,
                tolerance=finding.tolerance,
            )
            for finding in facts.findings
        ],
    )


def ground_quantity(shadow: Shadow, mention: Mention) -> Quantity:
    """Return the `Quantity` of a QUANTITY mention, in offsets of the article as given."""
    if not isinstance(mention.value, Amount):
        raise TypeError(f"mention: got a {mention.label} without an Amount, want a QUANTITY")
    amount = mention.value
    return Quantity(
        **_text(shadow, (mention.start, mention.end)),
        low=amount.low,
        high=amount.high,
        whole=amount.whole,
        unit=amount.unit,
        bound=amount.bound,
    )


def ground_period(shadow: Shadow, mention: Mention) -> Period:
    """Return the `Period` of a DATE mention, in offsets of the article as given."""
    if not isinstance(mention.value, Interval):
        raise TypeError(f"mention: got a {mention.label} without an Interval, want a DATE")
    return _period(shadow, (mention.start, mention.end), mention.value)


def _period(shadow: Shadow, span: Span, interval: Interval) -> Period:
    return Period(**_text(shadow, span), date_from=interval.date_from, date_to=interval.date_to)


def _is_entity(mention: Mention) -> bool:
    """Tell whether the guidelines tag a mention; a relative date (score 0.5) counts once its days are known."""
    value = mention.value
    return mention.score > 0.5 or not isinstance(value, Interval) or value != Interval()


def _key(mention: Mention) -> tuple[str, int, int]:
    return mention.label, mention.start, mention.end


def _ends(shadow: Shadow, span: Span) -> dict[str, int]:
    start, end = shadow.to_original(*span)
    return {"start": start, "end": end}


def _text(shadow: Shadow, span: Span) -> dict[str, int | str]:
    start, end = shadow.to_original(*span)
    return {"start": start, "end": end, "text": shadow.original[start:end]}


def _position(shadow: Shadow, position: model.Position) -> Position:
    return Position(
        title=position.title,
        organization=position.organization,
        **_ends(shadow, (position.start, position.end)),
    )


def _measurement(shadow: Shadow, measurement: model.Measurement) -> Measurement:
    period = measurement.period
    return Measurement(
        quantity=ground_quantity(shadow, measurement.quantity),
        indicator=TextSpan(**_text(shadow, measurement.indicator)) if measurement.indicator else None,
        kind=measurement.kind,
        status=measurement.status,
        period=_period(shadow, period.span, period.interval) if period else None,
        base=TextSpan(**_text(shadow, measurement.base)) if measurement.base else None,
        source=measurement.source,
        score=round(measurement.score, 4),
    )
