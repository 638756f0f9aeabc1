"""What the words around a citation say of the document: who gave it, on what day, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.law_kinds import CAPITAL
from viet_report_ie.mentions.mention import Interval, Mention

__all__ = ["Context", "read_context"]

_WINDOW, _NEAR = 160, 100
_APPOSED = re.compile(r",? |, (?:ông|bà|đồng chí) | - ")
_OF = re.compile(r",? (?:của|do) (?:đồng chí |ông |bà )?")
_LEAD_DATE = re.compile(r"[ ,]*\(?(?:được )?(?:ký |ban hành |thông qua )?(?:vào )?(?:ngày )?")
_GOES_ON = re.compile(r",? (?:của|về|do|quy|phê|sửa|ban|hướng)(?!\w)|[.;)\n]|$")
_CLAUSE_DATE = re.compile(r",? ?(?:ông |bà |đồng chí )?(?:nguyên )?")
_QUOTED = re.compile(r'"[^"\n]{1,300}"')
_DAY_MONTH = re.compile(r"(\d{1,2}) ?(?:[/.-]| tháng ) ?(\d{1,2})$")


class Context(NamedTuple):
    """What one citation says of its document; empty where it says nothing."""

    issuer: str = ""
    given: date | None = None
    subject: str = ""


class _Words(NamedTuple):
    verb: re.Pattern[str]
    passive: re.Pattern[str]
    active: re.Pattern[str]
    body: re.Pattern[str]
    officer: re.Pattern[str]
    subject: re.Pattern[str]
    stop: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _words() -> _Words:
    lexicon = load_toml("documents")
    giving, subjects, bodies = lexicon["giving"], lexicon["subjects"], lexicon["bodies"]
    verb, adverb = rf"{_any(giving['verbs'])}(?!\w)", _any(giving["adverbs"])
    level = r"(?: (?:tỉnh|thành phố|TP\.?|huyện|quận|xã))?"
    return _Words(
        verb=re.compile(rf" {verb}", re.IGNORECASE),
        passive=re.compile(
            r"[^.;\n]{0,80}?(?<!chưa) (?:được|do) "
            rf"(?=(?P<body>[^.;,\n]{{2,60}}?) (?:chính thức )?{_any(giving['passive'])}(?!\w))"
        ),
        active=re.compile(
            rf"(?: \([^()\n]{{1,40}}\))?,?(?: {adverb}){{0,3}}(?: {verb}){{1,3}}"
            rf"(?: [^.;,\n]{{0,40}}? tại| tại|, {verb})? (?:các |một |dự thảo )?",
            re.IGNORECASE,
        ),
        body=re.compile(
            rf"(?<!\w)(?:(?i:{_any(bodies['whole'])})(?!\w)"
            rf"|(?i:{_any(bodies['named'])})(?!\w){level}(?: {CAPITAL}[^\W\d_]{{0,20}}){{0,5}})"
        ),
        officer=re.compile(rf"{_any(lexicon['officers']['titles'])}(?!\w)", re.IGNORECASE),
        subject=re.compile(rf",? \(?(?P<subject>{_any(subjects['starts'])}(?!\w))", re.IGNORECASE),
        stop=re.compile(
            rf"[;()\n]|\.(?!\d)| (?i:{_any(subjects['ends'])})(?!\w)"
            rf"|, (?:{_any(subjects['clauses'])}(?!\w)|{CAPITAL})"
        ),
    )


def read_context(text: str, law: Mention, mentions: Sequence[Mention], year: int | None) -> Context:
    """Read the words before and after one citation; `mentions` are the article's, in order, near it.

    `year` is the year that the document's own number or name carries: it completes `ngày 26/8`.
    """
    position, given, issuer = law.end, None, ""
    for _ in range(2):
        day = _date_at(text, position, mentions)
        if day and given is None:
            given = _day(text, day, year)
            position = day.end + text.startswith(")", day.end)
        found = None if issuer else _issuer_after(text, position, mentions)
        if found:
            issuer, position = found
    if not issuer:
        issuer, before = _issuer_before(text, law, mentions, year)
        given = given or before
    if not issuer or given is None:
        passive, passive_day = _passive(text, law, mentions, year)
        issuer, given = issuer or passive, given or passive_day
    return Context(issuer, given, _subject(text, position, mentions))


def _date_at(text: str, position: int, mentions: Sequence[Mention]) -> Mention | None:
    for mention in mentions:
        if mention.label == "DATE" and 0 <= mention.start - position <= 40:
            if not _LEAD_DATE.fullmatch(text, position, mention.start):
                return None
            # After a comma the date may open the next clause: `…, ngày 1/2/2019, Thủ tướng đã ký`.
            opens = text.startswith(",", position) and not _GOES_ON.match(text, mention.end)
            return None if opens else mention
    return None


def _day(text: str, mention: Mention, year: int | None) -> date | None:
    """Return the one day of a date; a day and month take the document's own year."""
    written = text[mention.start : mention.end]
    match = _DAY_MONTH.search(written)
    if match and year and len(match.group(2)) <= 2:
        try:
            return date(year, int(match.group(2)), int(match.group(1)))
        except ValueError:
            return None
    value = mention.value
    if isinstance(value, Interval) and value.date_from and value.date_from == value.date_to:
        return value.date_from
    return None


def _issuer_after(text: str, position: int, mentions: Sequence[Mention]) -> tuple[str, int] | None:
    """Read `của Bộ Chính trị`; a title gives way to the body that it stands before."""
    of = _OF.match(text, position)
    return _issuer_at(text, of.end(), mentions) if of else None


def _issuer_at(text: str, start: int, mentions: Sequence[Mention]) -> tuple[str, int] | None:
    at = [mention for mention in mentions if mention.start >= start and mention.label in ("ORG", "TITLE")]
    if at and at[0].start == start:
        return _giver(text, at[:2]), at[0].end
    body = _words().body.match(text, start)
    return (body.group(), body.end()) if body else None


def _giver(text: str, subject: Sequence[Mention]) -> str:
    """Return who gives a document: the body, or the holder of an office who gives it in his own name."""
    first = subject[0]
    last = first
    for mention in subject[1:]:
        if mention.start == last.end + 1 and mention.label == "ORG":
            last = mention
    if (
        first.label == "TITLE"
        and last is not first
        and not _words().officer.match(text, first.start, first.end)
    ):
        first = last
    return text[first.start : last.end]


def _issuer_before(
    text: str, law: Mention, mentions: Sequence[Mention], year: int | None
) -> tuple[str, date | None]:
    """Read `Ngày 15/6/2016, Huyện ủy có quyết định …` and `Thủ tướng vừa ký …`."""
    words, end = _words(), law.start
    if not words.verb.search(text, max(0, end - 60), end):
        return "", None
    bodies = ("ORG", "TITLE", "PERSON")
    near = [m for m in mentions if m.label in bodies and m.end <= end <= m.end + _NEAR]
    while near and not words.active.fullmatch(text, near[-1].end, end):
        near.pop()
    if near:
        subject = [near.pop()]
        while near and _APPOSED.fullmatch(text, near[-1].end, subject[0].start):
            subject.insert(0, near.pop())
        givers = [mention for mention in subject if mention.label != "PERSON"]
        issuer = _giver(text, givers[-2:]) if givers else ""
        return issuer, _clause_date(text, subject[0].start, mentions, year)
    start = max(0, end - _NEAR)
    for body in words.body.finditer(text, max(start, text.rfind("\n", start, end) + 1), end):
        if words.active.fullmatch(text, body.end(), end):
            return body.group(), _clause_date(text, body.start(), mentions, year)
    return "", None


def _clause_date(text: str, start: int, mentions: Sequence[Mention], year: int | None) -> date | None:
    """Return the day that opens the clause of a giver: `Ngày 1/2/2019, Thủ tướng …`."""
    dates = [m for m in mentions if m.label == "DATE" and m.end <= start and start - m.end <= 20]
    if dates and _CLAUSE_DATE.fullmatch(text, dates[-1].end, start):
        return _day(text, dates[-1], year)
    return None


def _passive(
    text: str, law: Mention, mentions: Sequence[Mention], year: int | None
) -> tuple[str, date | None]:
    """Read `được Quốc hội thông qua ngày 19/11/2018` after a citation."""
    match = _words().passive.match(text, law.end, min(len(text), law.end + _WINDOW))
    if match and not any(m.label == "LAW" and law.end <= m.start < match.end() for m in mentions):
        found = _issuer_at(text, match.start("body"), mentions)
        verb_end = match.end("body") + 1
        verb = re.compile(r"(?:chính thức )?\w+(?: (?:hành|qua|duyệt|bố))?").match(text, verb_end)
        day = _date_at(text, verb.end(), mentions) if verb else None
        return (found[0] if found else ""), _day(text, day, year) if day else None
    plain = re.compile(r" (?:đã |vừa )?được (?:ban hành|thông qua|ký)").match(text, law.end)
    day = _date_at(text, plain.end(), mentions) if plain else None
    return "", _day(text, day, year) if day else None


def _subject(text: str, position: int, mentions: Sequence[Mention]) -> str:
    """Return what the document is about, up to the end of the phrase."""
    words = _words()
    start = words.subject.match(text, position)
    if not start:
        return ""
    begin = start.start("subject")
    quoted = _QUOTED.search(text, begin, begin + 340)
    limit = min(len(text), begin + 300)
    if quoted and quoted.start() - begin <= 12:
        return text[begin : quoted.end()]
    for mention in mentions:
        if mention.label == "LAW" and begin < mention.start < limit:
            # The next document ends the subject, unless the subject is about it: `sửa đổi Nghị định 83`.
            if re.search(r"(?:,|;| và| hay)(?: \w+)?\s*$", text[begin : mention.start]):
                limit = mention.start
            break
    stop = words.stop.search(text, start.end(), limit)
    phrase = text[begin : stop.start() if stop else limit]
    return re.sub(r"(?: và| của| tại| theo|[ ,:-])+$", "", phrase)
