r"""Inline-tagged articles: how gold annotation is written by hand, and its compilation to a gold object.

The article comes first, with its mentions in brackets: ``[LABEL text]``, ``[LABEL? text]`` where careful
readers could differ, ``[Q3 text]`` for quantities, numbered in the order of the text; a bracket of the
article itself is ``\[``. After a line of ``=====`` follow the rows, fields parted by ``|``; blank lines and
lines that begin with ``#`` are skipped::

    Q3 | value | unit | bound | indicator | kind | status | period | base
    OFFICIAL | name | title @ body | title @ body
    ZONE | kind | name | place
    LAW | kind | number or name | issuer | ISO date, month or year | mention ; mention
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from viet_report_ie.mentions.mention import LABELS

__all__ = ["compile_annotation"]

KINDS = ("level", "change", "ratio", "share", "rank")
STATUSES = ("actual", "target")
BOUNDS = ("=", "~", ">", ">=", "<", "<=")
ZONE_KINDS = (
    "industrial_park",
    "economic_zone",
    "industrial_cluster",
    "export_processing_zone",
    "hi_tech_park",
    "it_park",
    "non_tariff_zone",
    "other",
)
TAG = re.compile(r"(?<!\\)\[(?P<label>[A-Z]+)(?P<number>[0-9]*)(?P<optional>\??) (?P<text>[^\[\]]*)\]")
STRAY_BRACKET = re.compile(r"(?<!\\)\[")

Gold = dict[str, Any]


def compile_annotation(raw: str, annotated: str, article_id: str) -> Gold:
    r"""Compile an inline-tagged article to the gold object of the corpus, and check it.

    Parameters
    ----------
    raw
        The article as published; line ends that close it are not part of the text.
    annotated
        The same article with inline tags, and its rows.
    article_id
        The `id` of the result.

    Raises
    ------
    ValueError
        With one line for every problem: a text that differs from `raw`, an unknown label or value, words of
        a row that the article does not have, a quantity without a row.

    Examples
    --------
    >>> tagged = "[LOC Hà Nội] có [Q1 30 quận].\n=====\nQ1 | 30 | quận | = | quận | level | actual | |"
    >>> gold = compile_annotation("Hà Nội có 30 quận.", tagged, "ha_noi")
    >>> [(e["label"], e["start"], e["end"]) for e in gold["entities"]]
    [('LOC', 0, 6), ('QUANTITY', 10, 17)]
    >>> gold["measurements"][0]["low"], gold["measurements"][0]["indicator"]
    (30.0, 'quận')
    """
    text = raw.rstrip("\n")
    body, _, tail = annotated.partition("\n=====")
    problems: list[str] = []
    entities = _read_tags(body, text, problems)
    gold: Gold = {
        "id": article_id,
        "text": text,
        "entities": entities,
        "measurements": [],
        "officials": [],
        "zones": [],
        "laws": [],
    }
    for line in tail.split("\n")[1:]:
        if line.strip() and not line.lstrip().startswith("#"):
            _read_row([field.strip() for field in line.split("|")], gold, problems)
    rows = [row["id"] for row in gold["measurements"]]
    problems += [f"{row} has more than one row" for row in sorted({r for r in rows if rows.count(r) > 1})]
    for entity in entities:
        if entity["label"] == "QUANTITY" and not entity["optional"] and entity["id"] not in rows:
            problems.append(f"{entity['id']} {entity['text']!r} has no row")
    if problems:
        raise ValueError("\n".join(f"{article_id}: {problem}" for problem in problems))
    return gold


def _read_tags(body: str, text: str, problems: list[str]) -> list[Gold]:
    """Take the tags out of the body; what is left must be the text."""
    entities: list[Gold] = []
    plain = ""
    position = quantities = 0
    for tag in TAG.finditer(body):
        plain += _unescape(body[position : tag.start()], problems)
        position = tag.end()
        label, mention = tag["label"], tag["text"]
        identity = f"m{len(entities) + 1}"
        if label == "Q" and tag["number"]:
            quantities += 1
            label, identity = "QUANTITY", f"Q{tag['number']}"
            if tag["number"] != str(quantities):
                problems.append(f"{identity} {mention!r} is quantity number {quantities} of the text")
        elif label not in LABELS or tag["number"]:
            problems.append(f"unknown label {label + tag['number']!r} of {mention!r}")
        if not mention or mention != mention.strip():
            problems.append(f"{label} {mention!r} is empty or has outer space")
        entities.append(
            {
                "id": identity,
                "label": label,
                "start": len(plain),
                "end": len(plain) + len(mention),
                "text": mention,
                "optional": bool(tag["optional"]),
            }
        )
        plain += mention
    plain = (plain + _unescape(body[position:], problems)).rstrip("\n")
    if plain != text:
        same = next((i for i, (a, b) in enumerate(zip(plain, text, strict=False)) if a != b), -1)
        same = min(len(plain), len(text)) if same < 0 else same
        near = slice(max(0, same - 20), same + 20)
        problems.append(f"text differs at character {same}: tagged {plain[near]!r}, raw {text[near]!r}")
    return entities


def _unescape(piece: str, problems: list[str]) -> str:
    """Turn an escaped bracket of the article into itself; any other bracket is a broken tag."""
    for stray in STRAY_BRACKET.finditer(piece):
        problems.append(f"broken tag at {piece[stray.start() : stray.start() + 30]!r}")
    return piece.replace("\\[", "[")


def _read_row(fields: list[str], gold: Gold, problems: list[str]) -> None:
    """Add what one row says to the gold object."""
    head = fields[0]
    reader = _measurement if re.fullmatch(r"Q[0-9]+", head) else _READERS.get(head)
    if reader is None:
        problems.append(f"unknown row {' | '.join(fields)[:60]!r}")
        return
    try:
        reader(fields, gold, problems)
    except ValueError as error:
        problems.append(f"row {' | '.join(fields)[:60]!r}: {error}")


def _measurement(fields: list[str], gold: Gold, problems: list[str]) -> None:
    name, value, unit, bound, indicator, kind, status, period, base = _padded(fields, 9)
    quantity = next((e for e in gold["entities"] if e["label"] == "QUANTITY" and e["id"] == name), None)
    if quantity is None:
        problems.append(f"{name} has a row but no tag")
        return
    low, high, whole = _parse_value(value)
    for field, given, allowed in (
        ("bound", bound, BOUNDS),
        ("kind", kind, KINDS),
        ("status", status, STATUSES),
    ):
        if given not in allowed:
            problems.append(f"{name} {field} {given!r} is none of {', '.join(allowed)}")
    for field, words in (("indicator", indicator), ("period", period), ("base", base)):
        _require(words, gold["text"], f"{name} {field}", problems)
    if not indicator and kind != "rank":
        problems.append(f"{name} has no indicator")
    gold["measurements"].append(
        {
            "id": name,
            "start": quantity["start"],
            "end": quantity["end"],
            "text": quantity["text"],
            "low": low,
            "high": high,
            "whole": whole,
            "unit": unit,
            "bound": bound,
            "indicator": indicator,
            "kind": kind,
            "status": status,
            "period": period,
            "base": base,
        }
    )


def _official(fields: list[str], gold: Gold, problems: list[str]) -> None:
    _, name, *offices = _padded(fields, 2)
    _require(name, gold["text"], "official", problems)
    positions = []
    for office in filter(None, offices):
        title, _, organization = (part.strip() for part in office.partition("@"))
        # A title that opens a sentence and its use in a row may differ in case.
        for words in (title, organization):
            _require(words.lower(), gold["text"].lower(), f"official {name}", problems)
        positions.append({"title": title, "org": organization})
    gold["officials"].append({"name": name, "positions": positions})


def _zone(fields: list[str], gold: Gold, problems: list[str]) -> None:
    _, kind, name, place = _padded(fields, 4)
    if kind not in ZONE_KINDS:
        problems.append(f"zone {name!r} kind {kind!r} is none of {', '.join(ZONE_KINDS)}")
    _require(name, gold["text"], "zone", problems)
    gold["zones"].append({"kind": kind, "name": name, "place": place})


def _law(fields: list[str], gold: Gold, problems: list[str]) -> None:
    _, kind, number, issuer, day, mentions = _padded(fields, 6)
    if day:  # a text may give only the year or the month
        date.fromisoformat(day + "-01" * (2 - day.count("-")))
    tagged = {e["text"] for e in gold["entities"] if e["label"] == "LAW"}
    names = [mention.strip() for mention in mentions.split(";") if mention.strip()]
    problems += [f"law mention {mention!r} is not tagged" for mention in names if mention not in tagged]
    gold["laws"].append(
        {"kind": kind.lower(), "number": number, "issuer": issuer, "date": day, "mentions": names}
    )


_READERS: dict[str, Callable[[list[str], Gold, list[str]], None]] = {
    "OFFICIAL": _official,
    "ZONE": _zone,
    "LAW": _law,
}


def _padded(fields: list[str], width: int) -> list[str]:
    """Fill a row up to its width, as trailing empty fields may be left out."""
    return fields + [""] * (width - len(fields))


def _require(words: str, text: str, what: str, problems: list[str]) -> None:
    if words and words not in text:
        problems.append(f"{what} is not in the text: {words!r}")


def _parse_value(value: str) -> tuple[float, float, float | None]:
    """Read `low..high`, `part/whole` or a plain number."""
    if ".." in value:
        low, high = value.split("..")
        return float(low), float(high), None
    if "/" in value:
        part, whole = value.split("/")
        return float(part), float(part), float(whole)
    return float(value), float(value), None
