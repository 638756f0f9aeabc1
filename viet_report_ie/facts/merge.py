"""The offices of one person without repeats, each in its fullest form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from viet_report_ie.facts.bodies import Bodies, is_company_office, words_of
from viet_report_ie.facts.model import Position
from viet_report_ie.facts.names import fold
from viet_report_ie.facts.positions import Office, is_bodiless

__all__ = ["merge_offices"]

# A bound on what is compared, so that time stays linear in the length of any text.
_MOST_COMPARED = 40

# Offices that name the kind of their body: the body is the last of that kind, this near.
_HEADS = (
    (("trưởng ban", "phó ban"), ("ban ",), 600),
    (("hiệu trưởng",), ("trường ", "đại học ", "học viện "), 10_000),
    (("trưởng phòng", "phó phòng"), ("phòng ",), 300),
    (("tổ trưởng", "tổ phó"), ("tổ ",), 300),
    (("cục trưởng",), ("cục ", "tổng cục "), 300),
    (("thứ trưởng",), ("bộ ",), 100),
)
# `Ủy viên Ban Chấp hành` is the title, what follows the body; `Thứ trưởng Y tế` is all title.
_MEMBER = regex.compile(r"(?i:ủy viên(?: dự khuyết)?) (?i:ban chấp hành|ban thường vụ|bch|btv) (?=\p{Lu})")
_MINISTER = regex.compile(r"(?i:bộ trưởng|thứ trưởng) ")
_MINISTRY = regex.compile(r"(?i:bộ|văn phòng|ủy ban|tổng cục|ban) ")
_STANDING = regex.compile(r"(?i:phó (?:trưởng )?ban thường trực) (?=\p{Lu})")
_HEAD_OF = regex.compile(r"(?i:phó trưởng|trưởng|phó) (?=(?i:ban) \p{Lu})")


@dataclass
class _Held:
    title: str
    body: str
    body_label: str
    start: int
    end: int
    status: str
    source: str
    score: float


def merge_offices(bodies: Bodies, offices: Sequence[Office]) -> list[Position]:
    """Return the offices of one person, what is said twice once."""
    text = bodies.text
    held: list[_Held] = []
    titles = Counter(text[office.title.start : office.title_end] for office in offices)
    for office in offices:
        new = _held(bodies, office)
        for known in held[-_MOST_COMPARED:]:
            if _join(bodies, titles, known, new):
                break
        else:
            held.append(new)
    result = []
    for one in held:
        body = one.body or _left_out(bodies, one)
        # A body that no words give the office is a guess from the rest of the article.
        source = one.source if one.body or not body else "office-body-elsewhere"
        canonical = bodies.canonical(body)
        result.append(Position(one.title, body, one.start, one.end, one.status, canonical, source, one.score))
    return result


def _held(bodies: Bodies, office: Office) -> _Held:
    text = bodies.text
    title = text[office.title.start : office.title_end]
    scores = [mention.score for mention in (office.title, office.body) if mention is not None]
    ground = office.status, office.source, min(scores)
    if office.body is None:
        return _Held(title, "", "", office.title.start, office.title_end, *ground)
    end = max(office.title_end, office.body.end)
    if text[office.title_end : office.body.start] == " ":
        title, name, label = _parted(text[office.title.start : end], title, office.body.label)
        return _Held(title, bodies.complete(name, office.body.start), label, office.title.start, end, *ground)
    body = bodies.complete(text[office.body.start : office.body.end], office.body.start)
    return _Held(title, body, office.body.label, office.title.start, end, *ground)


def _parted(whole: str, title: str, label: str) -> tuple[str, str, str]:
    """Return where a title ends and its body begins, however the mentions were cut."""
    member = _MEMBER.match(whole)
    if member and len(member[0]) < len(whole):
        return member[0].rstrip(), whole[member.end() :], "ORG"
    minister = _MINISTER.match(whole)
    if minister:
        fused = not _MINISTRY.match(whole, minister.end()) and label == "ORG"
        return (whole, "", "") if fused else (title, whole[len(title) + 1 :], label)
    standing = _STANDING.match(whole)
    if standing:
        return standing[0].rstrip(), whole[standing.end() :], label
    head = _HEAD_OF.match(whole)
    if head and len(head[0]) < len(title):
        return head[0].rstrip(), whole[head.end() :], "ORG"
    return title, whole[len(title) + 1 :], label


def _join(bodies: Bodies, titles: Counter[str], known: _Held, new: _Held) -> bool:
    """Take what is new into what is known, if both say one office."""
    first, second = words_of(known.title), words_of(new.title)
    if first != second and not _extends(first, second) and not _extends(second, first):
        return False
    if known.body and new.body and known.body_label != new.body_label:
        if known.body_label != "ORG":
            _move(known, new)
    elif not bodies.same(known.body, new.body):
        return False
    elif new.body and (not known.body or bodies.fuller(known.body, new.body) != known.body):
        _move(known, new)
    if len(second) > len(first) or (first == second and titles[new.title] > titles[known.title]):
        known.title = new.title
    known.status = known.status or new.status
    return True


def _move(known: _Held, new: _Held) -> None:
    known.body, known.body_label, known.start, known.end = new.body, new.body_label, new.start, new.end


def _extends(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether one title is the beginning of the other (`Bộ trưởng`, `Bộ trưởng Y tế`)."""
    return (
        len(longer) > len(shorter)
        and longer[: len(shorter)] == shorter
        and not is_bodiless(" ".join(shorter))
    )


def _left_out(bodies: Bodies, office: _Held) -> str:
    """Return the body of an office that is named without one, where the text decides it."""
    title = fold(office.title)
    if is_bodiless(title):
        return ""
    if is_company_office(title):
        return bodies.company
    if title == "đại biểu":
        return bodies.assembly
    for words, heads, reach in _HEADS:
        if title.endswith(words):
            return bodies.last(heads, office.start, office.start - reach)
    return ""
