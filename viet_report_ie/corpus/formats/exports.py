"""One-way forms: W3C Web Annotations and LangExtract's annotated documents, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from viet_report_ie.corpus.document import ROLES, Document, Figure, Words

__all__ = ["write_langextract", "write_w3c"]

Json = dict[str, Any]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""How many characters before and after its words a quote keeps, so that it is found in a changed text."""


def write_langextract(documents: Iterable[Document], path: Path) -> None:
    """Write what LangExtract's visualisation reads: a line an article, fields of figures as attributes."""
    _write(map(_annotated_document, documents), path)


def write_w3c(documents: Iterable[Document], path: Path) -> None:
    """Write a line an annotation: a label on its words, or a figure linked to what it points at."""
    _write((annotation for document in documents for annotation in _annotations(document)), path)


def _write(items: Iterable[Json], path: Path) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def _fields(figure: Figure) -> Json:
    words: dict[str, Words | None] = {role: getattr(figure, role) for role in ROLES}
    values = {name: value for name, value in asdict(figure).items() if name not in (*ROLES, "id")}
    return {**values, **{role: found.text if found else None for role, found in words.items()}}


def _annotated_document(document: Document) -> Json:
    figures = {figure.id: figure for figure in document.figures}
    return {
        "document_id": document.id,
        "text": document.text,
        "extractions": [
            {
                "extraction_class": mention.label,
                "extraction_text": document.text[mention.start : mention.end],
                "char_interval": {"start_pos": mention.start, "end_pos": mention.end},
                "alignment_status": "match_exact",
                "extraction_index": place,
                "group_index": place - 1,
                "description": None,
                "attributes": _fields(figures[mention.id]) if mention.id in figures else {},
            }
            for place, mention in enumerate(document.mentions, 1)
        ],
    }


def _annotations(document: Document) -> Iterator[Json]:
    source = f"urn:article:{quote(document.id, safe='')}"
    figures = {figure.id: figure for figure in document.figures}
    for mention in document.mentions:
        identity = f"{source}:{mention.id}"
        yield {
            "@context": _CONTEXT,
            "id": identity,
            "type": "Annotation",
            "motivation": "tagging",
            "body": {"type": "TextualBody", "purpose": "tagging", "value": mention.label},
            "target": _target(document, source, mention.start, mention.end),
        }
        if (figure := figures.get(mention.id)) is None:
            continue
        words: dict[str, Words | None] = {role: getattr(figure, role) for role in ROLES}
        yield {
            "@context": _CONTEXT,
            "id": f"{identity}:figure",
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {"type": "TextualBody", "purpose": "describing", "format": "application/json",
                 "value": json.dumps(_fields(figure), ensure_ascii=False)},
                *(
                    {
                        "type": "SpecificResource",
                        "purpose": role,
                        **_target(document, source, found.start, found.end),
                    }
                    for role, found in words.items()
                    if found and found.start is not None and found.end is not None
                ),
            ],
            "target": identity,
        }  # fmt: skip


def _target(document: Document, source: str, start: int, end: int) -> Json:
    text = document.text
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }
