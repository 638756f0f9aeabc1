"""Records: one for each article that a file holds or should hold, readable or not."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, Any

from viet_report_ie.batch.checks import MAX_CHARACTERS, Problem, encodable, read_published, text_problem
from viet_report_ie.batch.html import read_html
from viet_report_ie.batch.sources import format_of, open_file

__all__ = ["Layout", "Record", "read_records"]

MAX_BYTES = 64 << 20
"""What one article may take in its file; more is not even held in memory."""

_DAMAGED = (OSError, EOFError, zlib.error)


@dataclass(frozen=True)
class Layout:
    """Where articles stand in their files.

    Attributes
    ----------
    text, id, published : str
        Names of columns in CSV and Parquet, of keys in JSONL.
    root : str
        The folder from which the paths of text files become their ids.
    max_characters : int
        A longer text is refused.
    """

    text: str = "text"
    id: str = "id"
    published: str = "published"
    root: str = ""
    max_characters: int = MAX_CHARACTERS


@dataclass(frozen=True)
class Record:
    """One article as it stands in its file, or the `problem` that keeps it from being read.

    `line` counts lines (JSONL, CSV) or rows (Parquet) from 1; `digest` covers all that decides the report.
    """

    line: int
    id: str | None
    text: str
    published: Any
    note: str
    problem: Problem | None
    digest: bytes

    @property
    def name(self) -> str:
        """The id, or one made from the content."""
        return self.id if self.id is not None else "content:" + self.digest.hex()


def read_records(path: str, layout: Layout) -> Iterator[Record]:
    """Yield the records of a file in their order.

    It never raises on what a file holds: a record that cannot be read carries its problem, and so does
    the last one if the file cannot be read to its end.
    """
    line = 0
    try:
        with open_file(path) as stream:
            for record in _READERS[format_of(path) or "text"](path, stream, layout):
                line = record.line
                yield record
    except _DAMAGED as error:
        yield _bad(line + 1, "unreadable", f"{type(error).__name__}: {error}", repr(error).encode())


def _bad(line: int, kind: str, reason: str, raw: bytes, id: str | None = None) -> Record:
    return Record(line, id, "", None, "", Problem(kind, reason), _digest(raw))


def _digest(*parts: bytes) -> bytes:
    hashed = blake2b(digest_size=16)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.digest()


def _good(line: int, item: Mapping[str, Any], layout: Layout) -> Record:
    id, text = item.get(layout.id), item.get(layout.text)
    name = encodable(str(id)) if isinstance(id, (str, int, float)) and str(id).strip() else None
    day, note = read_published(item.get(layout.published))
    if isinstance(text, bytes):
        text = _decode(text)
    problem = text if isinstance(text, Problem) else text_problem(text, layout.max_characters)
    if isinstance(text, str) and _has_stray_bytes(text):
        problem = Problem("utf8", "bytes that are not UTF-8")
    body = text if isinstance(text, str) else repr(text)
    digest = _digest(body.encode("utf-8", "surrogatepass"), str(day).encode(), note.encode())
    return Record(line, name, "" if problem else body, day, note, problem, digest)


def _has_stray_bytes(text: str) -> bool:
    # Python decodes a byte that is not UTF-8 to one of these lone surrogates when told to go on.
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return "\udc80" <= text[error.start] <= "\udcff"
    return False


def _decode(data: bytes) -> str | Problem:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return Problem("not_text", "bytes of 0, which no text in UTF-8 holds")
        return Problem("utf8", f"byte {error.start}: {error.reason}")


def _id_of(path: str, layout: Layout) -> str:
    inner = path[len(layout.root) :].lstrip("/") if layout.root else path
    return encodable(inner.rpartition(".")[0])


def _text(path: str, stream: IO[bytes], layout: Layout) -> Iterator[Record]:
    data = stream.read(MAX_BYTES + 1)
    id = _id_of(path, layout)
    if len(data) > MAX_BYTES:
        yield _bad(1, "too_long", f"more than {MAX_BYTES:,} bytes", data, id)
        return
    text = _decode(data)
    if isinstance(text, Problem):
        yield _bad(1, text.kind, text.reason, data, id)
        return
    published = None
    if format_of(path) == "html":
        text, published = read_html(text)
    names = {layout.text: text, layout.id: id, layout.published: published}
    yield _good(1, names, layout)


def _jsonl(path: str, stream: IO[bytes], layout: Layout) -> Iterator[Record]:
    lines = gzip.GzipFile(fileobj=stream) if path.lower().endswith(".gz") else stream
    number = 0
    while raw := lines.readline(MAX_BYTES + 1):
        number += 1
        if len(raw) > MAX_BYTES:
            while (more := lines.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                pass
            yield _bad(number, "too_long", f"a line of more than {MAX_BYTES:,} bytes", raw)
        elif raw.strip():
            yield _json_line(number, raw, layout)


def _json_line(number: int, raw: bytes, layout: Layout) -> Record:
    text = _decode(raw)
    if isinstance(text, Problem):
        return _bad(number, text.kind, text.reason, raw)
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _bad(number, "broken", f"not JSON: {error}", raw)
    if not isinstance(item, dict):
        return _bad(number, "broken", f"got {type(item).__name__}, want a JSON object", raw)
    return _good(number, item, layout)


def _csv(path: str, stream: IO[bytes], layout: Layout) -> Iterator[Record]:
    csv.field_size_limit(MAX_BYTES)
    lowered = path.lower()
    raw = gzip.GzipFile(fileobj=stream) if lowered.endswith(".gz") else stream
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.reader(text, delimiter="\t" if ".tsv" in lowered else ",")
    header: list[str] | None = None
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _bad(line, "broken", f"not CSV: {error}", f"{line} {error}".encode())
            continue
        if header is None:
            header = row
            if layout.text not in header:
                yield _bad(line, "no_text", _no_column(layout.text, header), repr(row).encode())
                return
        elif row:
            yield _good(line, dict(zip(header, row, strict=False)), layout)


def _parquet(path: str, stream: IO[bytes], layout: Layout) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    line = 0
    try:
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
        if layout.text not in names:
            yield _bad(1, "no_text", _no_column(layout.text, names), repr(names).encode())
            return
        columns = [name for name in (layout.text, layout.id, layout.published) if name in names]
        for batch in file.iter_batches(batch_size=256, columns=columns):
            for row in range(batch.num_rows):
                line += 1
                yield _good(line, {name: _value(batch.column(name)[row]) for name in columns}, layout)
    except pa.ArrowException as error:
        yield _bad(line + 1, "unreadable", f"{type(error).__name__}: {error}", repr(error).encode())


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()


def _no_column(name: str, names: list[str]) -> str:
    return f"no column {name!r} among {', '.join(map(repr, names))}"


_READERS = {"text": _text, "html": _text, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
