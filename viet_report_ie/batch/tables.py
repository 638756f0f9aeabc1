"""The tables of a batch: their columns, and the rows that a report gives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

from viet_report_ie.batch.checks import encodable
from viet_report_ie.batch.records import Record
from viet_report_ie.report import SCHEMA_VERSION, Position, Report, Unit

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TABLES", "Rows", "arrow_schema", "error_row", "report_rows", "versions"]

Rows = dict[str, list[tuple[Any, ...]]]

_VERSIONS = {"package_version": "string", "schema_version": "string", "model_version": "string"}

TABLES: dict[str, dict[str, str]] = {
    "entities": {
        "article": "string", "entity": "string", "label": "string", "start": "int32", "end": "int32",
        "text": "string", "source": "string", "score": "double",
    },
    "officials": {
        "article": "string", "official": "int32", "name": "string", "title": "string",
        "organization": "string", "status": "string", "start": "int32", "end": "int32",
        "mentions": "list<string>",
    },
    "zones": {
        "article": "string", "kind": "string", "name": "string", "place": "string", "status": "string",
        "phase": "string", "manager": "string", "mentions": "list<string>",
    },
    "resolutions": {
        "article": "string", "kind": "string", "number": "string", "name": "string", "short": "string",
        "issuer": "string", "date": "date", "subject": "string", "mentions": "list<string>",
    },
    "measurements": {
        "article": "string", "measurement": "int32", "indicator": "string", "low": "double", "high": "double",
        "whole": "double", "unit": "string", "bound": "string", "kind": "string", "status": "string",
        "period": "string", "date_from": "date", "date_to": "date", "base": "string", "quantity": "string",
        "start": "int32", "end": "int32", "indicator_start": "int32", "indicator_end": "int32",
        "sentence": "string", "speaker": "string", "source": "string", "score": "double",
    },
    "places": {
        "article": "string", "entity": "string", "start": "int32", "end": "int32", "text": "string",
        "division": "string", "code": "string", "level": "string", "name": "string", "parent": "string",
        "ambiguous": "bool",
    },
    "findings": {
        "article": "string", "kind": "string", "message": "string", "measurements": "list<int32>",
        "mentions": "list<string>", "computed": "double", "tolerance": "double",
    },
    "errors": {
        "article": "string", "file": "string", "line": "int64", "kind": "string", "reason": "string",
    },
    "articles": {
        "article": "string", "id_given": "bool", "file": "string", "line": "int64", "published": "date",
        "characters": "int32", "sentences": "int32", "words": "int32", "note": "string", "text": "string",
    },
}  # fmt: skip
"""Columns and their types, table by table, in the order in which the files of a part become visible."""

for _columns in TABLES.values():
    _columns.update(_VERSIONS)


@lru_cache(maxsize=1)
def versions() -> tuple[str, str, str]:
    """Return the versions of package, schema and models: the last columns of every table."""
    package = metadata.version("viet_report_ie")
    hashed = blake2b(digest_size=4)
    models = resources.files("viet_report_ie.models")
    for file in sorted(models.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".npz"):
            hashed.update(file.read_bytes())
    return package, SCHEMA_VERSION, f"{package}+{hashed.hexdigest()}"


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table; the versions stand in its metadata too."""
    import pyarrow as pa

    types = {
        "bool": pa.bool_(), "date": pa.date32(), "double": pa.float64(), "int32": pa.int32(),
        "int64": pa.int64(), "string": pa.string(),
        "list<string>": pa.list_(pa.string()), "list<int32>": pa.list_(pa.int32()),
    }  # fmt: skip
    fields = [pa.field(name, types[kind]) for name, kind in TABLES[table].items()]
    return pa.schema(fields, metadata=dict(zip(_VERSIONS, versions(), strict=True)))


def error_row(record: Record, file: str, kind: str, reason: str) -> Rows:
    """Return the row of an article without report."""
    article = record.id if record.problem else record.name
    row = (article, encodable(file), record.line, kind, encodable(reason), *versions())
    return {"errors": [row]}


def report_rows(report: Report, record: Record, file: str, *, with_text: bool = False) -> Rows:
    """Return the rows of a report, table by table."""
    key, ends = record.name, versions()
    words = sum(len(sentence.words) for sentence in report.sentences)
    size = (len(report.text), len(report.sentences), words)
    note, text = record.note or None, report.text if with_text else None
    place = (key, record.id is not None, encodable(file), record.line, report.published)
    return {
        "articles": [(*place, *size, note, text, *ends)],
        "entities": [
            (key, e.id, e.label, e.start, e.end, e.text, e.source, e.score, *ends) for e in report.entities
        ],
        "officials": [
            (key, number, official.name, *_position(position), official.mentions, *ends)
            for number, official in enumerate(report.officials)
            for position in (*official.positions, *([] if official.positions else [None]))
        ],
        "zones": [
            (key, z.kind, z.name, z.place, z.status, z.phase, z.manager, z.mentions, *ends)
            for z in report.zones
        ],
        "resolutions": [
            (key, r.kind, r.number, r.name, r.short, r.issuer, r.date, r.subject, r.mentions, *ends)
            for r in report.resolutions
        ],
        "measurements": _measurement_rows(report, key, ends),
        "places": [
            (key, p.mention, p.start, p.end, p.text, division, *_unit(u), p.ambiguous, *ends)
            for p in report.places
            for division, units in (("before", p.before), ("since", p.since))
            for u in units
        ],
        "findings": [
            (key, f.kind, f.message, f.measurements, f.mentions, f.computed, f.tolerance, *ends)
            for f in report.findings
        ],
    }


def _unit(unit: Unit) -> tuple[str, ...]:
    return unit.code, unit.level, unit.name, unit.parent


def _position(position: Position | None) -> tuple[Any, ...]:
    if position is None:
        return (None,) * 5
    return position.title, position.organization, position.status, position.start, position.end


def _measurement_rows(report: Report, key: str, ends: Sequence[str]) -> list[tuple[Any, ...]]:
    rows = []
    for number, (item, row) in enumerate(zip(report.measurements, report.to_table(), strict=True)):
        quantity, indicator, period = item.quantity, item.indicator, item.period
        values = {
            **row,
            "article": key,
            "measurement": number,
            "low": _float(quantity.low),
            "high": _float(quantity.high),
            "whole": _float(quantity.whole),
            "date_from": period and period.date_from,
            "date_to": period and period.date_to,
            "indicator_start": indicator and indicator.start,
            "indicator_end": indicator and indicator.end,
            "speaker": item.speaker,
            "source": item.source,
            "score": item.score,
            **dict(zip(_VERSIONS, ends, strict=True)),
        }
        rows.append(tuple(values[column] for column in TABLES["measurements"]))
    return rows


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
