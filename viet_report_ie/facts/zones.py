"""Zones behind their mentions: kind, name and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from viet_report_ie.facts.model import Zone
from viet_report_ie.facts.names import fold
from viet_report_ie.lexicon.patterns import lower
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.zones import kind_of, type_pattern, zone_type_at
from viet_report_ie.text.article import Article

__all__ = ["find_zones"]

_PLACE_GAP = regex.compile(
    r" ?(?:\(|,|-)? ?(?:(?:(?:nằm |đóng )?(?:ở|tại|thuộc|trên)(?: địa bàn)?(?: các)?) )?", regex.IGNORECASE
)
_SHARED_PLACE = regex.compile(r" ?(?:ở|tại|thuộc) (?:địa bàn )?", regex.IGNORECASE)
_LIST_GAP = regex.compile(r" ?(?:\([^()\n]{0,60}\))?[^.;:()\n]{0,60}?(?:,|;| và| cùng) ?")
_NAMED = regex.compile(r"[\p{Lu}\d]")
_AREA = regex.compile(
    r"(?i:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đảo|vùng|khu vực|đặc khu)(?!\w)|\p{Lu}"
)
_NUMBER = regex.compile(r"(?:\d+\w?|[ivx]+)(?: .*)?")


@dataclass
class _Found:
    kind: str
    name: str
    place: str
    mentions: list[Mention] = field(default_factory=list)


def find_zones(article: Article, mentions: Sequence[Mention]) -> list[Zone]:
    """Return one object for each zone of the article, in the order of the text.

    Parameters
    ----------
    article : Article
        The article that was read.
    mentions : sequence of Mention
        Mentions in the order of the text that do not overlap; ZONE, LOC and ORG are used.

    Returns
    -------
    list of Zone
        A bare type word (`khu kinh tế`) is no zone, but a mention of the only one of its kind.
    """
    text = article.text
    used = [m for m in mentions if m.label in ("ZONE", "LOC")]
    found: list[_Found] = []
    bare: list[tuple[str, Mention]] = []
    described: list[tuple[str, str, Mention]] = []
    last: tuple[Mention, str] | None = None
    for index, mention in enumerate(used):
        if mention.label != "ZONE":
            continue
        end = min(zone_type_at(text, mention.start), mention.end)
        kind = kind_of(text[mention.start : end])
        name = text[end : mention.end].strip(" -")
        if not name:
            bare.append((kind, mention))
            continue
        if not _NAMED.search(name):
            described.append((kind, name, mention))
            continue
        if not kind:
            kind = _inherited(text, mention, last, found, name)
            if not kind:
                continue
        last = (mention, kind)
        place = _place(text, used, index)
        for one in (kind, *_joined_kinds(text, mention.start)):
            _add(found, one, name, place, mention)
    for kind, name, mention in described:
        same = [zone for zone in found if zone.kind == kind and _same(zone, name, "")]
        if same:
            same[0].mentions.append(mention)
    for kind, mention in bare:
        same = [zone for zone in found if zone.kind == kind]
        if len(same) == 1:
            same[0].mentions.append(mention)
    return [
        Zone(zone.kind, zone.name, zone.place, tuple(sorted(zone.mentions, key=lambda m: m.start)))
        for zone in found
    ]


def _add(found: list[_Found], kind: str, name: str, place: str, mention: Mention) -> None:
    for zone in found:
        if zone.kind == kind and _same(zone, name, place):
            zone.mentions.append(mention)
            zone.place = zone.place or place
            return
    found.append(_Found(kind, name, place, [mention]))


def _same(zone: _Found, name: str, place: str) -> bool:
    """Tell whether a name is that of a zone known before, in full or in part (`Hồng Đạt`)."""
    one, other = _plain(zone.name), _plain(name)
    if one == other:
        return (
            not (zone.place and place)
            or fold(zone.place) == fold(place)
            or not place.startswith(("huyện", "quận"))
        )
    if len(one) > len(other):
        one, other = other, one
    if other.endswith("- " + one):
        return True
    rest = other[len(one) :].strip() if other.startswith(one + " ") else ""
    return bool(rest) and not rest.startswith("-") and not _NUMBER.fullmatch(rest)


def _plain(name: str) -> str:
    return " ".join(regex.findall(r"\w+|-", fold(name)))


def _inherited(
    text: str, mention: Mention, last: tuple[Mention, str] | None, found: Sequence[_Found], name: str
) -> str:
    """Return the kind of a mention without a type word: that of its list, or of the zone named before."""
    if last and mention.start - last[0].end <= 150:
        between = text[last[0].end : mention.start]
        if _LIST_GAP.fullmatch(between):
            return last[1]
    begin = max(text.rfind("\n", 0, mention.start), mention.start - 80, 0)
    before = lower(text[begin : mention.start])
    heads = list(_type().finditer(before))
    head = heads[-1] if heads else None
    if head and not regex.search(r"[.;\n]", before[head.end() :]):
        return kind_of(head[0])
    return next((zone.kind for zone in found if fold(zone.name) == fold(name)), "")


@cache
def _type() -> regex.Pattern[str]:
    return regex.compile(type_pattern())


@cache
def _joined() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!các )({type_pattern()})(?: và |, | - )$")


def _joined_kinds(text: str, start: int) -> list[str]:
    """Return the kinds that share the name that follows (`KCN và khu phi thuế quan Xuân Cầu`)."""
    match = _joined().search(lower(text[max(0, start - 40) : start]))
    return [kind_of(match[1])] if match else []


def _place(text: str, used: Sequence[Mention], index: int) -> str:
    """Return the place that stands with a zone, or with the list that it is in."""
    mention = used[index]
    if index + 1 < len(used) and used[index + 1].label == "LOC":
        place = used[index + 1]
        if (
            place.start - mention.end < 40
            and _AREA.match(text, place.start)
            and _PLACE_GAP.fullmatch(text, mention.end, place.start)
        ):
            return text[place.start : place.end]
    ahead = index
    while (
        ahead + 1 < len(used)
        and used[ahead + 1].label == "ZONE"
        and used[ahead + 1].start - used[ahead].end <= 5
        and _LIST_GAP.fullmatch(text, used[ahead].end, used[ahead + 1].start)
    ):
        ahead += 1
    if ahead > index and ahead + 1 < len(used) and used[ahead + 1].label == "LOC":
        place = used[ahead + 1]
        if place.start - used[ahead].end < 40 and _SHARED_PLACE.fullmatch(text, used[ahead].end, place.start):
            return text[place.start : place.end]
    return ""
