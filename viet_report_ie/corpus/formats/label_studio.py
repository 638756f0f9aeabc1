"""Label Studio: a JSON list of tasks, with annotations or predictions, and the labelling interface beside it.

Mentions are regions of the control `label`, and so are the words that a QUANTITY points at, under the role's
own label; relations tie them. A QUANTITY has value and unit as text, and bound, kind and status as choices.
Rows of officials, zones and laws are JSON lines in text fields of the whole article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from viet_report_ie.corpus.document import ROLES, Document, Figure, Words, number
from viet_report_ie.corpus.formats.values import format_value, parse_value

__all__ = ["read_label_studio", "write_label_studio"]

Json = dict[str, Any]

_FACTS = ("officials", "zones", "laws")
_ROLE_LABELS = [role.upper() for role in ROLES]
_CHOICES = ("bound", "kind", "status")


def write_label_studio(documents: Iterable[Document], path: Path, *, proposals: bool = False) -> None:
    """Write one file of tasks, and the labelling interface with the ending ``.xml`` beside it.

    Parameters
    ----------
    documents : iterable of Document
        The articles.
    path : pathlib.Path
        The ``.json`` file.
    proposals : bool
        Write predictions, which an annotator corrects, instead of annotations.
    """
    tasks = []
    for document in documents:
        result = list(_regions(document))
        given: Json = {"result": result}
        if proposals:
            given["model_version"] = "viet_report_ie"
        task = {"data": {"id": document.id, "text": document.text}}
        tasks.append({**task, "predictions" if proposals else "annotations": [given]})
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    interface = files("viet_report_ie.corpus.formats").joinpath("label_studio.xml")
    path.with_suffix(".xml").write_bytes(interface.read_bytes())


def read_label_studio(path: Path) -> Iterator[Document]:
    """Read an export: of each task the first annotation that was not cancelled, else the first prediction.

    Raises
    ------
    ValueError
        If a region does not cover the words that it names.
    """
    for task in json.loads(path.read_text(encoding="utf-8-sig")):
        given = [a for a in task.get("annotations", []) if not a.get("was_cancelled")]
        result = (given or task.get("predictions") or [{"result": []}])[0]["result"]
        text = task["data"]["text"]
        identity = str(task["data"].get("id") or task.get("id") or f"{path.stem}-article")
        yield _read(identity, text, result)


def _regions(document: Document) -> Iterator[Json]:
    text = document.text
    spans = {mention.id: (mention.start, mention.end) for mention in document.mentions}
    places = {(m.start, m.end): m.id for m in document.mentions if m.label != "QUANTITY"}
    for mention in document.mentions:
        yield _region(mention.id, text, spans[mention.id], "label", "labels", [mention.label])
        if mention.optional:
            yield _region(mention.id, text, spans[mention.id], "optional", "choices", ["optional"])
    for figure in document.figures:
        span = spans[figure.id]
        for name in _CHOICES:
            yield _region(figure.id, text, span, name, "choices", [getattr(figure, name)])
        value = format_value(figure.low, figure.high, figure.whole)
        yield _region(figure.id, text, span, "value", "textarea", [value], key="text")
        yield _region(figure.id, text, span, "unit", "textarea", [figure.unit], key="text")
        for role in ROLES:
            words: Words | None = getattr(figure, role)
            if words is None:
                continue
            if words.start is None or words.end is None:
                yield _region(figure.id, text, span, role, "textarea", [words.text], key="text")
                continue
            place = (words.start, words.end)
            if place not in places:
                places[place] = f"w{len(places) + 1}"
                yield _region(places[place], text, place, "label", "labels", [role.upper()])
            ends = {"from_id": figure.id, "to_id": places[place]}
            yield {"type": "relation", "direction": "right", "labels": [role], **ends}
    for name in _FACTS:
        rows = [json.dumps(row, ensure_ascii=False) for row in getattr(document, name)]
        if rows:
            yield _control(name, "textarea") | {"id": name, "value": {"text": rows}}


def _control(name: str, kind: str) -> Json:
    return {"from_name": name, "to_name": "text", "type": kind}


def _region(
    identity: str, text: str, span: tuple[int, int], name: str, kind: str, given: list[str], key: str = ""
) -> Json:
    start, end = span
    value: Json = {"start": start, "end": end, key or kind: given}
    if kind == "labels":
        value["text"] = text[start:end]
    return {"id": identity, **_control(name, kind), "value": value}


def _read(identity: str, text: str, result: list[Json]) -> Document:
    spans: dict[str, tuple[str, int, int]] = {}
    said: dict[str, dict[str, list[str]]] = {}
    roles: dict[str, dict[str, str]] = {}
    for item in result:
        if item["type"] == "relation":
            for label in item.get("labels") or []:
                roles.setdefault(item["from_id"], {})[label.lower()] = item["to_id"]
        elif item["type"] == "labels":
            value = item["value"]
            spans[item["id"]] = (value["labels"][0], *_ends(identity, text, value))
        else:
            key = "text" if item["type"] == "textarea" else item["type"]
            given = item["value"][key]
            said.setdefault(item["id"], {})[item["from_name"]] = [given] if isinstance(given, str) else given
    marks = [mark for mark, (label, _, _) in spans.items() if label not in _ROLE_LABELS]
    marks.sort(key=lambda mark: spans[mark][1:])
    mentions = number((*spans[mark], "optional" in said.get(mark, {})) for mark in marks)
    figures = []
    for mark, mention in zip(marks, mentions, strict=True):
        fields = said.get(mark, {})
        if mention.label != "QUANTITY" or "value" not in fields:
            continue
        low, high, whole = parse_value(fields["value"][0])
        words: dict[str, Words] = {}
        for role in ROLES:
            if role in fields:
                words[role] = Words(fields[role][0])
            elif role in roles.get(mark, {}):
                _, start, end = spans[roles[mark][role]]
                words[role] = Words(text[start:end], start, end)
        figures.append(
            Figure(
                mention.id, low, high, whole,
                unit=fields.get("unit", [""])[0],
                bound=fields.get("bound", ["="])[0],
                kind=fields.get("kind", ["level"])[0],
                status=fields.get("status", ["actual"])[0],
                **words,
            )
        )  # fmt: skip
    rows = {
        name: tuple(json.loads(row) for fields in said.values() for row in fields.get(name, []))
        for name in _FACTS
    }
    return Document(identity, text, mentions, tuple(figures), **rows)


def _ends(identity: str, text: str, value: Json) -> tuple[int, int]:
    start, end = value["start"], value["end"]
    words = value.get("text")
    if words is None or text[start:end] == words:
        return start, end
    # A browser counts a sign beyond the basic plane (an emoji) as two.
    units = text.encode("utf-16-le")
    if units[2 * start : 2 * end].decode("utf-16-le", "replace") == words:
        start = len(units[: 2 * start].decode("utf-16-le"))
        return start, start + len(words)
    raise ValueError(f"{identity}: region {start}-{end} covers {text[start:end]!r}, not {words!r}")
