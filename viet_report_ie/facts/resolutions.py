"""Cited documents: one object behind the full and the short citations of one, in whichever order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from viet_report_ie.facts.model import Resolution
from viet_report_ie.facts.resolution_context import Context, read_context
from viet_report_ie.facts.resolution_links import find_pin_cites, with_implements
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.law_names import is_listed
from viet_report_ie.mentions.laws import read_citation
from viet_report_ie.mentions.mention import Citation, Mention
from viet_report_ie.text.article import Article

__all__ = ["find_resolutions"]

_MAX_GROUP = 50
_OPEN = 0.5
"""How sure a short citation is as a document of its own, where the text names several that it may mean."""
_ALIAS = re.compile(
    r"[^.\n]{0,60}\((?:sau đây |dưới đây )?(?:được )?(?:gọi|viết)(?: tắt| chung)? (?:tắt )?là:? ?\"?"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class _Cited(NamedTuple):
    """One mention of a document, what it says and what the words around it say."""

    mention: Mention
    citation: Citation
    context: Context


class _Document:
    """The citations of one document, in the order of the text, and their fullest number and name."""

    def __init__(self) -> None:
        self.cited: list[_Cited] = []
        self.kind = self.number = self.name = self.issuer = ""

    @property
    def start(self) -> int:
        return self.cited[0].mention.start

    @property
    def scope(self) -> str:
        return _scope(self.number, self.issuer)

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """What another citation of the document must share with it: the leading number, or the kind."""
        groups: list[tuple[str, ...]] = []
        if self.number:
            groups.append(("number", re.split(r"[/-]", _fold(self.number))[0]))
        if self.name:
            groups.append(("name", self.kind))
        return groups

    def append(self, cited: _Cited) -> None:
        """Add a citation."""
        citation = cited.citation
        self.cited.append(cited)
        self.kind = self.kind or citation.kind
        self.number = max(self.number, citation.number, key=len)
        self.issuer = max(self.issuer, cited.context.issuer, key=len)
        if citation.kind == self.kind and len(_tokens(citation.name)) > len(_tokens(self.name)):
            self.name = citation.name

    def take(self, other: _Document) -> None:
        """Add the citations of another document, in the order of the text."""
        for cited in other.cited:
            self.append(cited)
        self.cited.sort(key=lambda one: one.mention.start)


def find_resolutions(article: Article, mentions: Sequence[Mention]) -> list[Resolution]:
    """Return one object per cited document, with every mention of it.

    A short citation joins a full one only when exactly one fits.

    Examples
    --------
    >>> from viet_report_ie.mentions.laws import find_laws
    >>> from viet_report_ie.text.article import read
    >>> article = read("Thực hiện NQ 45, tỉnh đã sơ kết Nghị quyết số 45-NQ/TW của Bộ Chính trị.")
    >>> [document] = find_resolutions(article, find_laws(article))
    >>> document.number, document.short, document.issuer, len(document.mentions)
    ('45-NQ/TW', 'NQ 45', 'Bộ Chính trị', 2)
    """
    text = article.text
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]
    documents: dict[tuple[str, ...], _Document] = {}
    last: tuple[Mention, _Document] | None = None
    for mention in ordered:
        if mention.label != "LAW":
            continue
        citation = mention.value
        if not isinstance(citation, Citation):
            citation = read_citation(text[mention.start : mention.end])
        if not citation.number and not citation.name:
            continue
        near = ordered[bisect_left(starts, mention.start - 200) : bisect_left(starts, mention.end + 300)]
        context = read_context(text, mention, near, _own_year(citation))
        key = _key(citation, _scope(citation.number, context.issuer))
        known = documents.get(key)
        if known is None and last and _is_alias(text[last[0].end : mention.start], last[1], citation):
            known = last[1]
        document = documents.setdefault(key, known or _Document())
        last = (mention, document)
        document.append(_Cited(mention, citation, context))
    distinct = list({id(document): document for document in documents.values()}.values())
    merged = _merge(distinct)
    found = [
        _resolution(text, document, candidates)
        for document, candidates in zip(merged, _candidates(merged), strict=True)
    ]
    return with_implements(text, [replace(one, pin_cites=find_pin_cites(text, one)) for one in found])


def _is_alias(between: str, document: _Document, citation: Citation) -> bool:
    """Tell whether a citation only names the document before it in another way.

    `… (sau đây gọi tắt là Luật Đặc khu)`, `Luật Giáo dục đại học (Luật số 34)`, `Luật số 34, Luật sửa đổi …`.
    """
    if _ALIAS.fullmatch(between):
        return True
    if document.kind != citation.kind or bool(document.name) == bool(citation.name):
        return False
    return between == " (" or (between == ", " and citation.name.lower().startswith("sửa đổi"))


def _own_year(citation: Citation) -> int | None:
    years = _YEAR.findall(citation.number.split("-")[0] if "/" in citation.number else citation.name)
    return int(years[0]) if len(years) == 1 else None


@lru_cache(maxsize=4096)
def _tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name without commas, case and `năm`; a note in words (`sửa đổi`) drops out."""
    name = re.sub(r"(?<!\()\bsửa đổi$", "", name.lower())
    return tuple(word for word in re.findall(r"\w+|\(", name) if word != "năm")


def _key(citation: Citation, scope: str) -> tuple[str, ...]:
    if citation.number:
        return citation.kind, scope, _fold(citation.number)
    return citation.kind, *_tokens(citation.name)


@lru_cache(maxsize=4096)
def _scope(number: str, issuer: str) -> str:
    """Tell by symbol or issuer whether a document is `local` or `central`; empty where neither tells."""
    symbol = re.sub(r"[0-9]+$", "", re.split(r"[/-]", number)[-1])
    lexicon = load_toml("documents")
    if symbol in lexicon["local"]["symbols"]:
        return "local"
    if symbol in lexicon["issuers"]:
        return "central"
    words = f" {issuer.lower()} "
    local = any(f" {word} " in words for word in lexicon["local"]["words"])
    return ("local" if local else "central") if issuer and number else ""


@lru_cache(maxsize=4096)
def _fold(number: str) -> str:
    head = re.match(r"0*([0-9]+)(.*)", number)
    return (head.group(1) + head.group(2) if head else number).lower().replace(" ", "")


def _grouped(documents: Sequence[_Document]) -> dict[tuple[str, ...], list[_Document]]:
    """Group what can be the same: documents with one leading number, and named ones of one kind."""
    groups: dict[tuple[str, ...], list[_Document]] = {}
    for document in documents:
        for group in document.groups:
            groups.setdefault(group, []).append(document)
    return groups


def _candidates(documents: Sequence[_Document]) -> list[tuple[int, ...]]:
    """Return, for each document, the indices of those of which it may be a short form that stayed open."""
    groups = _grouped(documents)
    numbers = {id(document): number for number, document in enumerate(documents)}
    found = []
    for short in documents:
        others = [other for group in short.groups for other in groups[group][:_MAX_GROUP]]
        full = {numbers[id(other)] for other in others if other is not short and _stands_for(short, other)}
        # One that fits and was not joined is kept apart by its issuer: no candidate.
        found.append(tuple(sorted(full)) if len(full) > 1 else ())
    return found


def _merge(documents: list[_Document]) -> list[_Document]:
    """Join each short form to the one full form that it can stand for."""
    groups = _grouped(documents)
    gone: set[int] = set()
    # Equal numbers first: with and without an issuer they are no two candidates for a shorter form.
    for fits in (_equals, _stands_for):
        for short in documents:
            others = [other for group in short.groups for other in groups[group][:_MAX_GROUP]]
            full = [
                other
                for other in others
                if id(other) not in gone and other is not short and fits(short, other)
            ]
            if len(full) > 1 and short.issuer:
                full = [other for other in full if _same_issuer(short.issuer, other)]
            # Of a chain (`23`, `23/2020`, `23/2020/NĐ-CP`) the longest form is the document.
            ends = [
                one for one in full if not any(_stands_for(one, other) for other in full if other is not one)
            ]
            if id(short) not in gone and len(ends) == 1:
                ends[0].take(short)
                gone.add(id(short))
    return sorted((d for d in documents if id(d) not in gone), key=lambda d: d.start)


def _equals(one: _Document, other: _Document) -> bool:
    """Tell whether two documents have one number, and nothing says that they differ."""
    same = bool(one.number) and _fold(one.number) == _fold(other.number)
    return same and _same_kind(one.kind, other.kind) and {one.scope, other.scope} != {"local", "central"}


def _stands_for(short: _Document, full: _Document) -> bool:
    """Tell whether one document's citations may be shorter forms of the other's."""
    if short.number and not full.number:
        return False
    if short.number:
        if {short.scope, full.scope} == {"local", "central"}:
            return False
        return _same_kind(short.kind, full.kind) and _shortens(_fold(short.number), _fold(full.number))
    if short.kind != full.kind:
        return False
    a, b = _tokens(short.name), _tokens(full.name)
    if full.number and a == b:
        return True
    if len(a) >= len(b):
        return False
    if b[: len(a)] == a and all(word.isdecimal() for word in b[len(a) :]):
        return True
    if short.kind in ("luật", "bộ luật", "pháp lệnh"):
        initials = "".join(word[0] for word in b if not word.isdecimal())
        core = tuple(word for word in b if not word.isdecimal())
        return a == (initials,) or (core[-len(a) :] == a and not is_listed(short.name))
    rest = iter(b)
    return len(a) > 1 and all(word in rest for word in a)


def _same_kind(short: str, full: str) -> bool:
    return short == full or full.startswith(short + " ") or {short, full} <= {"quy định", "quyết định"}


def _shortens(short: str, full: str) -> bool:
    """Tell whether `28`, `28/2017` or `28-nq` may be short for `28/2017/NQ-HĐND`."""
    if short == full:
        return True
    a, b = re.split(r"[/-]", short), re.split(r"[/-]", full)
    return len(a) < len(b) and a[0] == b[0] and all(part in b for part in a)


def _same_issuer(issuer: str, full: _Document) -> bool:
    bodies = load_toml("documents")["issuers"].get(
        re.sub(r"[0-9]+$", "", re.split(r"[/-]", full.number)[-1]), []
    )
    known = [full.issuer.lower(), *bodies]
    return any(body and (body in issuer.lower() or issuer.lower() in body) for body in known)


@cache
def _abbreviations() -> dict[str, str]:
    return {row["kind"]: row["short"][0] for row in load_toml("documents")["kinds"] if row.get("short")}


def _subject(contexts: Sequence[Context]) -> str:
    """Return the first subject that starts with `về`, else the longest; a law's name is its subject."""
    subjects = [context.subject for context in contexts]
    return next((s for s in subjects if s.lower().startswith("về ")), max(subjects, key=len))


def _resolution(text: str, document: _Document, candidates: tuple[int, ...]) -> Resolution:
    number, name = document.number, document.name
    if number:
        head = re.match(r"[0-9]+[a-zđ]?", number)
        word = _abbreviations().get(document.kind, document.kind.capitalize())
        short = f"{word} {head.group() if head else number}"
    else:
        shortest = min(
            (one.mention for one in document.cited), key=lambda mention: mention.end - mention.start
        )
        short = text[shortest.start : shortest.end]
    contexts = [one.context for one in document.cited]
    return Resolution(
        kind=document.kind,
        number=number,
        name="" if number else name,
        short=short,
        issuer=document.issuer,
        date=next((context.given for context in contexts if context.given), None),
        subject=_subject(contexts) if number else "",
        mentions=tuple(one.mention for one in document.cited),
        candidates=candidates,
        source=_source(document, candidates),
        score=min(one.mention.score for one in document.cited) * (_OPEN if candidates else 1.0),
    )


def _source(document: _Document, candidates: Sequence[int]) -> str:
    """Name the rule behind a document: how its citations were joined."""
    if candidates:
        return "resolution-open"
    forms = {(one.citation.number, _tokens(one.citation.name)) for one in document.cited}
    return "resolution-joined" if len(forms) > 1 else "resolution-cited"
