"""The way through the house: the only place where the rooms are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import regex

from viet_report_ie.facts.areas import find_areas
from viet_report_ie.facts.findings import find_findings
from viet_report_ie.facts.measurements import FIRM, find_measurements
from viet_report_ie.facts.model import Facts
from viet_report_ie.facts.officials import find_officials
from viet_report_ie.facts.places import link_places
from viet_report_ie.facts.resolution_links import find_references
from viet_report_ie.facts.resolutions import find_resolutions
from viet_report_ie.facts.speech import find_speakers
from viet_report_ie.facts.zones import find_zones
from viet_report_ie.grounding import build_report, ground_period, ground_quantity
from viet_report_ie.mentions.dates import find_dates
from viet_report_ie.mentions.laws import find_laws
from viet_report_ie.mentions.mention import Amount, Mention
from viet_report_ie.mentions.ordinals import Ordinal, find_ordinals
from viet_report_ie.mentions.quantities import find_quantities
from viet_report_ie.mentions.settle import settle
from viet_report_ie.mentions.tagger import find_names
from viet_report_ie.mentions.zones import find_zone_mentions
from viet_report_ie.report import Period, Quantity, Report
from viet_report_ie.text.article import Article, Span, read
from viet_report_ie.text.words import segment_words

__all__ = [
    "checked_text",
    "extract",
    "find_facts",
    "find_mentions",
    "find_words",
    "parse_dates",
    "parse_quantities",
    "redate",
]

NAMES = frozenset({"PERSON", "TITLE", "ORG", "ZONE", "LOC", "EVENT"})
"""The labels that the trained tagger decides."""
_FRACTION = regex.compile(r"\d{1,2}/\d{1,2}")


def extract(article: str, *, published: date | None = None, id: str | None = None) -> Report:
    """Read one Vietnamese news article or report.

    Parameters
    ----------
    article : str
        The text as it is: any Unicode form, spacing and length.
    published : datetime.date, optional
        The day it was published; it anchors expressions such as ``sáng 19-7`` and ``năm ngoái``.
    id : str, optional
        A name for the article, carried into the report.

    Returns
    -------
    Report
        Everything that was found; empty lists for a text in which nothing was.

    Raises
    ------
    TypeError
        If `article` is not a str, `published` not a date or `id` not a str.
    ValueError
        If `article` holds a lone surrogate, which no UTF-8 file can.

    Examples
    --------
    >>> report = extract("Chủ tịch UBND tỉnh Nghệ An Nguyễn Văn An trao quà cho 120 học sinh.")
    >>> report.officials[0].name, report.officials[0].positions[0].organization
    ('Nguyễn Văn An', 'UBND tỉnh Nghệ An')
    >>> report.measurements[0].quantity.text
    '120 học sinh'
    """
    shadowed = read(checked_text("article", article))
    published = _checked_date("published", published)
    if id is not None and not isinstance(id, str):
        raise TypeError(f"id: got {type(id).__name__}, want str or None")
    mentions = find_mentions(shadowed, published)
    return build_report(
        shadowed,
        find_words(shadowed, mentions),
        mentions,
        find_facts(shadowed, mentions, published),
        published=published,
        article_id=id,
    )


def parse_quantities(text: str) -> list[Quantity]:
    """Read the quantities of a short text.

    Parameters
    ----------
    text : str
        A phrase or a few sentences; a number that stands alone and an ordinal (``thứ ba``) count here as
        quantities without a unit.

    Returns
    -------
    list of Quantity
        In the order of the text.

    Raises
    ------
    TypeError, ValueError
        As for `extract`.

    Examples
    --------
    >>> parse_quantities("hơn 9,6 tỷ USD")
    [Quantity(start=4, end=14, text='9,6 tỷ USD', low=Decimal('9600000000'), high=Decimal('9600000000'), \
whole=None, unit='USD', bound='>')]
    """
    article = read(checked_text("text", text))
    # `3/4` alone is a fraction rather than the third of April.
    dates = [day for day in find_dates(article) if not _FRACTION.fullmatch(article.text, day.start, day.end)]
    ordinals = [_as_quantity(ordinal) for ordinal in find_ordinals(article)]
    taken = [day for day in dates if not any(day.start == ordinal.start for ordinal in ordinals)]
    found = settle(ordinals, find_quantities(article, taken, bare=True))
    return [ground_quantity(article.shadow, mention) for mention in found]


def parse_dates(text: str, *, published: date | None = None) -> list[Period]:
    """Read the date expressions of a short text as intervals of days.

    Parameters
    ----------
    text : str
        A phrase or a few sentences.
    published : datetime.date, optional
        The day that relative expressions count from; without it they stay open.

    Returns
    -------
    list of Period
        In the order of the text; both ends are inclusive, an open end is None.

    Raises
    ------
    TypeError, ValueError
        As for `extract`.

    Examples
    --------
    >>> parse_dates("6 tháng đầu năm 2019")
    [Period(start=0, end=20, text='6 tháng đầu năm 2019', date_from=datetime.date(2019, 1, 1), \
date_to=datetime.date(2019, 6, 30))]
    """
    article = read(checked_text("text", text))
    published = _checked_date("published", published)
    return [ground_period(article.shadow, mention) for mention in find_dates(article, published)]


def find_mentions(article: Article, published: date | None = None) -> list[Mention]:
    """Return the mentions of an article, settled, in the order of the text.

    Rules for documents and zones come before the tagger, which leaves documents and dates to the rules.
    """
    laws, dates, zones = find_laws(article), find_dates(article, published), find_zone_mentions(article)
    names = find_names(article, settle(laws, dates, zones))
    named = settle(laws, zones, [*dates, *(mention for mention in names if mention.label in NAMES)])
    return settle(named, find_quantities(article, named))


def find_facts(article: Article, mentions: Sequence[Mention], published: date | None = None) -> Facts:
    """Join mentions to the objects of the article."""
    officials = find_officials(article, mentions)
    resolutions = find_resolutions(article, mentions)
    measurements = find_measurements(article, mentions, least=FIRM)
    places = link_places(article, mentions, published)
    measurements = [
        measurement if area is None else replace(measurement, area=area)
        for measurement, area in zip(measurements, find_areas(article, measurements, places), strict=True)
    ]
    return Facts(
        officials=officials,
        zones=find_zones(article, mentions),
        resolutions=resolutions,
        measurements=measurements,
        findings=find_findings(article, measurements, resolutions),
        speeches=find_speakers(article, mentions, officials),
        places=places,
        references=find_references(article, resolutions),
    )


def find_words(article: Article, mentions: Sequence[Mention]) -> list[list[Span]]:
    """Return the words of each sentence; none crosses the edge of a mention."""
    edges = [(mention.start, mention.end) for mention in mentions]
    return segment_words(article.text, article.sentences, edges, tokens=article.tokens)


def _as_quantity(ordinal: Ordinal) -> Mention:
    value = Decimal(ordinal.value)
    return Mention("QUANTITY", ordinal.start, ordinal.end, "ordinal", 1.0, Amount(value, value))


def redate(article: Article, mentions: Sequence[Mention], published: date | None) -> list[Mention]:
    """Return mentions that were found without a day of publication, with their dates resolved by it."""
    if published is None:
        return list(mentions)
    intervals = {(mention.start, mention.end): mention.value for mention in find_dates(article, published)}
    return [
        replace(mention, value=intervals.get((mention.start, mention.end), mention.value))
        if mention.label == "DATE"
        else mention
        for mention in mentions
    ]


def checked_text(name: str, text: object) -> str:
    """Return `text` if it is a str that UTF-8 can hold; raise as `extract` does if not."""
    if not isinstance(text, str):
        raise TypeError(f"{name}: got {type(text).__name__}, want str")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{name}: got a lone surrogate at offset {error.start}, want text that UTF-8 can hold"
        ) from None
    return text


def _checked_date(name: str, day: object) -> date | None:
    if isinstance(day, datetime):
        return day.date()
    if day is not None and not isinstance(day, date):
        raise TypeError(f"{name}: got {type(day).__name__}, want datetime.date or None")
    return day
