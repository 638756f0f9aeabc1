r"""brat standoff: a folder with ``<id>.txt`` and ``<id>.ann`` for each article.

Mentions are text-bound annotations; relations `Indicator`, `Period` and `Base` go from a QUANTITY to the
words that it points at: to the mention with that span, else to an annotation of the role's own label. Bound,
kind, status and `Optional` are attributes. The note of a QUANTITY is its value and unit (``9600000000 USD``).
Notes of the types `OFFICIAL`, `ZONE` and `LAW` hold the rows of the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from viet_report_ie.corpus.document import ROLES, Document, Figure, Mention, Words, number
from viet_report_ie.corpus.formats.values import format_value, parse_value
from viet_report_ie.mentions.mention import LABELS

__all__ = ["read_brat", "write_brat"]

Json = dict[str, Any]

_FACTS = {"OFFICIAL": "officials", "ZONE": "zones", "LAW": "laws"}
_BOUNDS = {"=": "exactly", "~": "about", ">": "over", ">=": "at_least", "<": "under", "<=": "at_most"}
_BOUND_SIGNS = {name: sign for sign, name in _BOUNDS.items()}
_ROLE_LABELS = [role.upper() for role in ROLES]

_CONFIG = f"""[entities]
{chr(10).join((*LABELS, *_ROLE_LABELS))}

[relations]
{chr(10).join(f"{role.title()} Arg1:QUANTITY, Arg2:<ENTITY>" for role in ROLES)}

[events]

[attributes]
Optional Arg:<ENTITY>
Bound Arg:QUANTITY, Value:{"|".join(_BOUNDS.values())}
Kind Arg:QUANTITY, Value:level|change|ratio|share|rank
Status Arg:QUANTITY, Value:actual|target
"""


def write_brat(documents: Iterable[Document], folder: Path) -> None:
    """Write articles into a folder that brat opens, with its ``annotation.conf``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(_CONFIG, encoding="utf-8")
    for document in documents:
        name = re.sub(
            r"[^\w.-]|^\.", lambda sign: "".join(f"%{byte:02x}" for byte in sign[0].encode()), document.id
        )
        (folder / f"{name}.txt").write_bytes(document.text.encode())
        lines = "".join(f"{line}\n" for line in _lines(document))
        (folder / f"{name}.ann").write_bytes(lines.encode())


def read_brat(folder: Path) -> Iterator[Document]:
    """Read every article of a folder that has an annotation, in the order of their file names.

    Raises
    ------
    ValueError
        For a line that is not standoff; the message names the file and the line.
    """
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8-sig")
        yield _Standoff(path).document(unquote(path.stem), text)


def _lines(document: Document) -> Iterator[str]:
    text = document.text
    marks = {mention.id: f"T{place}" for place, mention in enumerate(document.mentions, 1)}
    for mention in document.mentions:
        yield _bound(marks[mention.id], mention.label, mention.start, mention.end, text)
    places = {(m.start, m.end): marks[m.id] for m in document.mentions if m.label != "QUANTITY"}
    attributes = [("Optional", marks[m.id], "") for m in document.mentions if m.optional]
    relations: list[str] = []
    notes: list[str] = []
    free = count(len(marks) + 1)
    for figure in document.figures:
        mark = marks[figure.id]
        attributes += [
            ("Bound", mark, _BOUNDS[figure.bound]),
            ("Kind", mark, figure.kind),
            ("Status", mark, figure.status),
        ]
        value = format_value(figure.low, figure.high, figure.whole)
        notes.append(f"AnnotatorNotes {mark}\t{value} {figure.unit}")
        for role in ROLES:
            words: Words | None = getattr(figure, role)
            if words is None:
                continue
            if words.start is None or words.end is None:
                notes.append(f"{role.upper()} {mark}\t{json.dumps(words.text, ensure_ascii=False)}")
                continue
            place = places.get((words.start, words.end))
            if place is None:
                place = places[words.start, words.end] = f"T{next(free)}"
                yield _bound(place, role.upper(), words.start, words.end, text)
            relations.append(f"{role.title()} Arg1:{mark} Arg2:{place}")
    for n, (name, mark, value) in enumerate(attributes, 1):
        yield f"A{n}\t{name} {mark} {value}".rstrip()
    for n, relation in enumerate(relations, 1):
        yield f"R{n}\t{relation}\t"
    # brat ties every note to an annotation: rows go with the first, and to nothing in an article without any.
    for label, name in _FACTS.items():
        notes += [f"{label} T1\t{json.dumps(row, ensure_ascii=False)}" for row in getattr(document, name)]
    for n, note in enumerate(notes, 1):
        yield f"#{n}\t{note}"


def _bound(mark: str, label: str, start: int, end: int, text: str) -> str:
    words = re.sub(r"[\r\n\t]", " ", text[start:end])
    return f"{mark}\t{label} {start} {end}\t{words}"


class _Standoff:
    """The lines of one ``.ann`` file."""

    def __init__(self, path: Path) -> None:
        self.spans: dict[str, tuple[str, int, int]] = {}
        self.attributes: dict[str, dict[str, str]] = {}
        self.relations: dict[str, dict[str, str]] = {}
        self.notes: dict[str, dict[str, str]] = {}
        self.facts: dict[str, list[Json]] = {name: [] for name in _FACTS.values()}
        for place, line in enumerate(path.read_bytes().decode("utf-8-sig").split("\n"), 1):
            try:
                self._read(line.rstrip("\r"))
            except (ValueError, IndexError, KeyError) as error:
                raise ValueError(f"{path}, line {place}: {line[:60]!r}: {error}") from None

    def _read(self, line: str) -> None:
        if line[:1] == "T":
            mark, place, *_ = line.split("\t")
            label, start, end = place.split(" ")
            self.spans[mark] = (label, int(start), int(end))
        elif line[:1] in ("A", "M"):
            name, mark, *value = line.split("\t")[1].split(" ")
            self.attributes.setdefault(mark, {})[name] = value[0] if value else ""
        elif line[:1] == "R":
            name, one, other = line.split("\t")[1].split()
            self.relations.setdefault(one.split(":")[1], {})[name.lower()] = other.split(":")[1]
        elif line[:1] == "#":
            _, head, note = line.split("\t", 2)
            name, mark = head.split(" ")
            if name in _FACTS:
                self.facts[_FACTS[name]].append(json.loads(note))
            else:
                self.notes.setdefault(mark, {})[name] = note
        elif line.strip() and line[:1] not in ("E", "N", "*"):
            raise ValueError("not a line of standoff")

    def document(self, identity: str, text: str) -> Document:
        """Put the lines together."""
        marks = [mark for mark, (label, _, _) in self.spans.items() if label not in _ROLE_LABELS]
        marks.sort(key=lambda mark: self.spans[mark][1:])
        mentions = number((*self.spans[mark], "Optional" in self.attributes.get(mark, {})) for mark in marks)
        figures = (
            self._figure(mark, mention, text)
            for mark, mention in zip(marks, mentions, strict=True)
            if mention.label == "QUANTITY" and "AnnotatorNotes" in self.notes.get(mark, {})
        )
        facts = {name: tuple(rows) for name, rows in self.facts.items()}
        return Document(identity, text, mentions, tuple(figures), **facts)

    def _figure(self, mark: str, mention: Mention, text: str) -> Figure:
        attributes, notes = self.attributes.get(mark, {}), self.notes[mark]
        value, _, unit = notes["AnnotatorNotes"].partition(" ")
        low, high, whole = parse_value(value)
        roles: dict[str, Words] = {}
        for role in ROLES:
            if role.upper() in notes:
                roles[role] = Words(json.loads(notes[role.upper()]))
            elif role in self.relations.get(mark, {}):
                _, start, end = self.spans[self.relations[mark][role]]
                roles[role] = Words(text[start:end], start, end)
        return Figure(
            mention.id, low, high, whole, unit,
            bound=_BOUND_SIGNS[attributes.get("Bound", "exactly")],
            kind=attributes.get("Kind", "level"),
            status=attributes.get("Status", "actual"),
            **roles,
        )  # fmt: skip
