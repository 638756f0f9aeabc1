"""From objects in offsets of the shadow to the report in offsets of the article as given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from viet_report_ie.facts import model
from viet_report_ie.facts.speech import speaker_at
from viet_report_ie.mentions.mention import Amount, Interval, Mention
from viet_report_ie.report import Period, Quantity, Report
from viet_report_ie.text.article import Article, Span
from viet_report_ie.text.shadow import Shadow

__all__ = ["build_report", "ground_period", "ground_quantity"]


_Fields = dict[str, Any]
"""The fields of an object of the report."""


class _Grounded(Protocol):
    @property
    def source(self) -> str: ...

    @property
    def score(self) -> float: ...


def build_report(
    article: Article,
    words: Iterable[Sequence[Span]],
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
    # Plain dicts, validated all at once: a call for each object takes twice as long.
    return Report.model_validate(
        {
            "id": article_id,
            "published": published,
            "text": shadow.original,
            "sentences": [
                dict(
                    **_ends(shadow, span),
                    words=shadow.to_originals(inside),
                    speaker=_speaker(article, facts, span[0]),
                )
                for span, inside in zip(article.sentences, words, strict=True)
            ],
            "entities": [
                dict(
                    **_text(shadow, (mention.start, mention.end)),
                    id=ids[_key(mention)],
                    label=mention.label,
                    source=mention.source,
                    score=round(mention.score, 4),
                )
                for mention in entities
            ],
            "officials": [
                dict(
                    name=official.name,
                    positions=[_position(shadow, position) for position in official.positions],
                    mentions=refer(official.mentions),
                    **_ground(official),
                )
                for official in facts.officials
            ],
            "zones": [
                dict(
                    kind=zone.kind,
                    name=zone.name,
                    place=zone.place,
                    mentions=refer(zone.mentions),
                    status=zone.status,
                    phase=zone.phase,
                    manager=zone.manager,
                    **_ground(zone),
                )
                for zone in facts.zones
            ],
            "resolutions": [
                dict(
                    kind=document.kind,
                    number=document.number,
                    name=document.name,
                    short=document.short,
                    issuer=document.issuer,
                    date=document.date,
                    subject=document.subject,
                    mentions=refer(document.mentions),
                    pin_cites=[
                        dict(**_text(shadow, (pin.start, pin.end)), mention=ids[_key(pin.mention)])
                        for pin in document.pin_cites
                    ],
                    implements=list(document.implements),
                    candidates=list(document.candidates),
                    **_ground(document),
                )
                for document in facts.resolutions
            ],
            "measurements": [
                _measurement(shadow, measurement, _speaker(article, facts, measurement.quantity.start))
                for measurement in facts.measurements
            ],
            "findings": [
                {
                    "kind": finding.kind,
                    "message": finding.message,
                    "measurements": [numbers[id(measurement)] for measurement in finding.measurements],
                    "mentions": refer(finding.mentions),
                    "computed": finding.computed,
                    "tolerance": finding.tolerance,
                }
                for finding in facts.findings
            ],
            "speeches": [
                dict(
                    **_ends(shadow, (speech.start, speech.end)),
                    mention=ids[_key(speech.speaker)],
                    speaker=_name(article, speech),
                    **_ground(speech),
                )
                for speech in facts.speeches
            ],
            "places": [
                dict(
                    **_text(shadow, (place.start, place.end)),
                    mention=ids[_key(place.mention)],
                    before=[_unit(unit) for unit in place.before],
                    since=[_unit(unit) for unit in place.since],
                    ambiguous=place.ambiguous,
                    **_ground(place),
                )
                for place in facts.places
            ],
            "references": [
                dict(
                    **_text(shadow, (reference.start, reference.end)),
                    resolution=reference.resolution,
                    candidates=list(reference.candidates),
                )
                for reference in facts.references
            ],
        }
    )


def ground_quantity(shadow: Shadow, mention: Mention) -> Quantity:
    """Return the `Quantity` of a QUANTITY mention, in offsets of the article as given."""
    return Quantity.model_validate(_quantity(shadow, mention))


def _quantity(shadow: Shadow, mention: Mention) -> _Fields:
    if not isinstance(mention.value, Amount):
        raise TypeError(f"mention: got a {mention.label} without an Amount, want a QUANTITY")
    amount = mention.value
    return dict(
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
    return Period.model_validate(_period(shadow, (mention.start, mention.end), mention.value))


def _period(shadow: Shadow, span: Span, interval: Interval) -> _Fields:
    return dict(**_text(shadow, span), date_from=interval.date_from, date_to=interval.date_to)


def _is_entity(mention: Mention) -> bool:
    """Tell whether the guidelines tag a mention; a relative date counts once its days are known."""
    value = mention.value
    return mention.source != "date-relative" or value != Interval()


def _key(mention: Mention) -> tuple[str, int, int]:
    return mention.label, mention.start, mention.end


def _ends(shadow: Shadow, span: Span) -> _Fields:
    start, end = shadow.to_original(*span)
    return {"start": start, "end": end}


def _text(shadow: Shadow, span: Span) -> _Fields:
    start, end = shadow.to_original(*span)
    return {"start": start, "end": end, "text": shadow.original[start:end]}


def _position(shadow: Shadow, position: model.Position) -> _Fields:
    return dict(
        title=position.title,
        organization=position.organization,
        **_ends(shadow, (position.start, position.end)),
        status=position.status,
        canonical=position.canonical,
        **_ground(position),
    )


def _ground(found: _Grounded) -> _Fields:
    """Return what an object rests on: the rule and the score."""
    return {"source": found.source, "score": round(found.score, 4)}


def _unit(unit: model.Unit) -> _Fields:
    return {"code": unit.code, "level": unit.level, "name": unit.name, "parent": unit.parent}


def _speaker(article: Article, facts: model.Facts, offset: int) -> str | None:
    speech = speaker_at(facts.speeches, offset) if facts.speeches else None
    return None if speech is None else _name(article, speech)


def _name(article: Article, speech: model.Speech) -> str:
    return speech.official or article.text[speech.speaker.start : speech.speaker.end]


def _measurement(shadow: Shadow, measurement: model.Measurement, speaker: str | None) -> _Fields:
    period = measurement.period
    return {
        "quantity": _quantity(shadow, measurement.quantity),
        "indicator": dict(**_text(shadow, measurement.indicator)) if measurement.indicator else None,
        "kind": measurement.kind,
        "status": measurement.status,
        "period": _period(shadow, period.span, period.interval) if period else None,
        "base": dict(**_text(shadow, measurement.base)) if measurement.base else None,
        "source": measurement.source,
        "score": round(measurement.score, 4),
        "speaker": speaker,
        "area": measurement.area,
    }
