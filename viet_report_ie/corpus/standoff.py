"""Annotation without its text: labels and offsets of articles that may not be distributed.

One JSON object a line: ``id`` of the article, ``digest`` of its text, ``entities`` as ``[label, start, end,
optional]``, and ``measurements`` as objects whose ``indicator``, ``period`` and ``base`` are ``[start, end]``
or null. Who has the articles puts the two together again with :func:`join_texts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

__all__ = ["join_texts", "strip_text"]

Json = dict[str, Any]

_PHRASES = ("indicator", "period", "base")
_VALUES = ("low", "high", "whole", "unit", "bound", "kind", "status")


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def strip_text(gold: Json) -> Json:
    """Return the entities and measurements of an annotated article without its text.

    Raises
    ------
    ValueError
        If the words of an indicator, period or base are not in the text.

    Examples
    --------
    >>> entity = {"id": "m1", "label": "LOC", "start": 0, "end": 6, "text": "Hà Nội", "optional": False}
    >>> strip_text({"id": "a", "text": "Hà Nội", "entities": [entity], "measurements": []})["entities"]
    [['LOC', 0, 6, 0]]
    """
    text = gold["text"]
    entities = [[e["label"], e["start"], e["end"], int(e["optional"])] for e in gold["entities"]]
    measurements = [
        {"at": [row["start"], row["end"]]}
        | {name: row[name] for name in _VALUES}
        | {name: _nearest(text, row[name], row["start"]) for name in _PHRASES}
        for row in gold["measurements"]
    ]
    return {
        "id": gold["id"],
        "digest": _digest(text),
        "entities": entities,
        "measurements": measurements,
    }


def join_texts(stripped: Iterable[Json], articles: Iterable[Json]) -> Iterator[Json]:
    """Yield annotated articles: what :func:`strip_text` left, joined to its texts.

    Parameters
    ----------
    stripped
        What was stripped, in any order.
    articles
        Objects with an ``id`` and a ``text``; those that nothing was stripped of are passed over.

    Raises
    ------
    ValueError
        If a text has changed since, or an article is missing.
    """
    waiting = {item["id"]: item for item in stripped}
    for article in articles:
        item = waiting.pop(article["id"], None)
        if item is None:
            continue
        if _digest(article["text"]) != item["digest"]:
            raise ValueError(f"article {article['id']}: its text is not the one that was annotated")
        yield _join(item, article["text"])
    if waiting:
        raise ValueError(f"articles: {len(waiting)} that were annotated are missing, such as {min(waiting)}")


def _join(item: Json, text: str) -> Json:
    entities = [
        {
            "id": f"m{at}",
            "label": label,
            "start": start,
            "end": end,
            "text": text[start:end],
            "optional": bool(optional),
        }
        for at, (label, start, end, optional) in enumerate(item["entities"], 1)
    ]
    measurements = []
    for at, row in enumerate(item["measurements"], 1):
        start, end = row["at"]
        phrases = {name: text[slice(*row[name])] if row[name] else "" for name in _PHRASES}
        values = {name: row[name] for name in _VALUES}
        measurements.append(
            {"id": f"Q{at}", "start": start, "end": end, "text": text[start:end]} | values | phrases
        )
    return {"id": item["id"], "text": text, "entities": entities, "measurements": measurements}


def _nearest(text: str, words: str, place: int) -> list[int] | None:
    """Return the span of the words that begins nearest to a place, None for no words."""
    if not words:
        return None
    before = text.rfind(words, 0, place + len(words))
    behind = text.find(words, place)
    found = [at for at in (before, behind) if at >= 0]
    if not found:
        raise ValueError(f"words are not in the text: {words!r}")
    start = min(found, key=lambda at: abs(at - place))
    return [start, start + len(words)]
