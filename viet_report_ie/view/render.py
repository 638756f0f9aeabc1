"""Reports as one HTML file that asks for nothing else: text, styles, script and pictures are all inside."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from viet_report_ie.mentions.mention import LABELS
from viet_report_ie.notation import show_quantity
from viet_report_ie.report import Official, Report, Resolution, Zone
from viet_report_ie.view.article import ROLES, cut_article, role_spans
from viet_report_ie.view.charts import find_charts

__all__ = ["LANGUAGES", "render", "render_frame"]

LANGUAGES = ("vi", "en")


def render(reports: Sequence[Report], *, language: str = "vi") -> str:
    """Return one self-contained page; of several reports, with an index before them.

    Parameters
    ----------
    reports : sequence of Report
        What to show.
    language : str
        Of the labels when the page opens: ``vi`` or ``en``; the page can change it.

    Raises
    ------
    ValueError
        If `reports` is empty or `language` is neither.

    Examples
    --------
    >>> from viet_report_ie import extract
    >>> page = render([extract("Tỉnh có <b>12 huyện</b>.")])
    >>> "&lt;b&gt;" in page, "<b>" in page
    (True, False)
    """
    if not reports:
        raise ValueError("reports: got none, want one or more")
    if language not in LANGUAGES:
        raise ValueError(f"language: got {language!r}, want one of {', '.join(LANGUAGES)}")
    words = _words()
    place = LANGUAGES.index(language)
    script, style = _asset("page.js"), _asset("page.css")
    return (
        _environment()
        .get_template("page.html")
        .render(
            articles=[_view(report, f"a{number}") for number, report in enumerate(reports, 1)],
            labels=LABELS,
            language=language,
            script=Markup(script),
            script_hash=_hash(script),
            style=Markup(style),
            words=words,
            t=lambda key: words[key][place] if key in words else key,
        )
    )


def render_frame(report: Report) -> str:
    """Return the page inside a frame of a notebook, apart from the notebook's own styles and scripts."""
    page = escape(render([report]))
    return (
        f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="{escape(report.id or "report")}"'
        ' style="width:100%;height:720px;border:1px solid #8886;border-radius:8px"></iframe>'
    )


def _view(report: Report, key: str) -> dict[str, Any]:
    """Return what the template shows of one report."""
    found = {entity.id for entity in report.entities}
    counts = dict.fromkeys(LABELS, 0)
    for entity in report.entities:
        counts[entity.label] = counts.get(entity.label, 0) + 1
    troubled = {number for finding in report.findings for number in finding.measurements}
    paragraphs = cut_article(report)
    return {
        "key": key,
        "name": report.id or key,
        "report": report,
        "paragraphs": paragraphs,
        "opening": _opening(report.text),
        "counts": counts,
        "charts": find_charts(report),
        "troubled": troubled,
        "values": [show_quantity(measurement.quantity) for measurement in report.measurements],
        "data": {"parts": _parts(report), "figures": _figures(report), "things": _things(report)},
        "mentions": {
            f"{kind}{number}": [name for name in item.mentions if name in found]
            for kind, items in _objects(report)
            for number, item in enumerate(items)
        },
    }


def _objects(report: Report) -> tuple[tuple[str, Sequence[Official | Zone | Resolution]], ...]:
    return ("o", report.officials), ("z", report.zones), ("d", report.resolutions)


def _opening(text: str, width: int = 90) -> str:
    line = text.strip().split("\n", 1)[0].strip()
    return line if len(line) <= width else line[:width].rsplit(" ", 1)[0] + " …"


def _parts(report: Report) -> dict[str, list[str]]:
    """Return what each mention is part of: ``o0`` official, ``z0`` zone, ``d0`` document, ``3i`` a role."""
    parts: dict[str, list[str]] = {entity.id: [] for entity in report.entities}
    for kind, items in _objects(report):
        for number, item in enumerate(items):
            for name in item.mentions:
                parts.setdefault(name, []).append(f"{kind}{number}")
    spans = [
        (position.start, position.end, f"o{number}")
        for number, official in enumerate(report.officials)
        for position in official.positions
    ]
    spans += [
        (start, end, f"{number}{letter}")
        for number, measurement in enumerate(report.measurements)
        for letter, start, end in role_spans(measurement)
    ]
    spans.sort()
    entities = sorted(report.entities, key=lambda entity: entity.start)
    first = 0
    reach = [0]
    for entity in entities:
        reach.append(max(reach[-1], entity.end))
    for start, end, key in spans:
        # `reach` never falls, so what lies wholly before this span lies before all that follow.
        while first < len(entities) and reach[first + 1] <= start:
            first += 1
        place = first
        while place < len(entities) and entities[place].start < end:
            entity = entities[place]
            if entity.end > start and key not in parts[entity.id]:
                parts[entity.id].append(key)
            place += 1
    return {name: keys for name, keys in parts.items() if keys}


def _figures(report: Report) -> list[dict[str, str]]:
    return [
        {
            **{
                letter: span.text
                for letter, name in ROLES.items()
                if (span := getattr(measurement, name)) is not None
            },
            "kind": measurement.kind,
            "status": measurement.status,
        }
        for measurement in report.measurements
    ]


def _things(report: Report) -> dict[str, list[str]]:
    """Return the name of each object, and the lines that tell about it."""
    things: dict[str, list[str]] = {}
    for number, official in enumerate(report.officials):
        offices = [", ".join(filter(None, (p.title, p.organization))) for p in official.positions]
        things[f"o{number}"] = [official.name, *offices]
    for number, zone in enumerate(report.zones):
        things[f"z{number}"] = [zone.name, *filter(None, [zone.place])]
    for number, law in enumerate(report.resolutions):
        name = " ".join(filter(None, (law.kind, law.number, law.name)))
        day = law.date.isoformat() if law.date else ""
        things[f"d{number}"] = [name, *filter(None, (law.issuer, day, law.subject))]
    return things


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads(_asset("words.json"))
    return words


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return files("viet_report_ie.view").joinpath("page", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    # The browser runs the one script of this hash: none that an article might smuggle in.
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
