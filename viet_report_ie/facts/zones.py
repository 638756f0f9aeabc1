"""Zones behind their mentions: kind, name and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from viet_report_ie.facts.model import Zone
from viet_report_ie.facts.names import fold
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives, lower
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.mentions.zones import kind_of, type_pattern, zone_type_at
from viet_report_ie.text.article import Article

__all__ = ["find_zones"]

_PLACE_GAP = regex.compile(
    r" ?(?:\(|,|-)? ?(?:(?:(?:nằm |đóng )?(?:ở|tại|thuộc|trên)(?: địa bàn)?(?: các)?) )?", regex.IGNORECASE
)
_SHARED_PLACE = regex.compile(r" ?(?:ở|tại|thuộc) (?:địa bàn )?", regex.IGNORECASE)
_LIST_GAP = regex.compile(r" ?(?:\([^()\n]{0,60}\))?[^.;:()\n]{0,60}?(?:,|;| và| cùng) ?")
_PIECE = regex.compile(r"\w+|-")
_NAMED = regex.compile(r"[\p{Lu}\d]")
_AREA = regex.compile(
    r"(?i:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đảo|vùng|khu vực|đặc khu)(?!\w)|\p{Lu}"
)
_PHASE = regex.compile(r" ?\(?(giai đoạn (?:\d{1,2}|[IVX]{1,4}))(?!\w)", regex.IGNORECASE)
_MANAGER = regex.compile(r"(?:ban quản l[ýí]|bql)(?: các)? ", regex.IGNORECASE)
# A bound on what is compared, so that time stays linear in the length of any text.
_MOST_COMPARED = 40
_NUMBER = regex.compile(r"(?:\d+\w?|[ivx]+)(?: .*)?")


@dataclass
class _Found:
    kind: str
    name: str
    plain: str
    place: str
    status: str = ""
    phase: str = ""
    source: str = ""
    mentions: list[Mention] = field(default_factory=list)


class _Zones:
    """The zones found so far, by kind and by the words that their names can be met by."""

    def __init__(self) -> None:
        self.all: list[_Found] = []
        self._by_key: dict[tuple[str, str], list[_Found]] = {}
        self.by_kind: dict[str, list[_Found]] = {}
        self.kinds: dict[str, str] = {}

    def find(self, kind: str, name: str, place: str) -> _Found | None:
        """Return the zone of that name, in full or in part, or None."""
        plain = _plain(name)
        for key in _keys(plain):
            for zone in self._by_key.get((kind, key), ())[-_MOST_COMPARED:]:
                if _same(zone, plain, place):
                    return zone
        return None

    def add(self, kind: str, name: str, place: str, mention: Mention) -> _Found:
        """Return the zone of that name, a new one if need be, with the mention added."""
        zone = self.find(kind, name, place)
        if zone is None:
            zone = _Found(kind, name, _plain(name), place)
            self.all.append(zone)
            self.by_kind.setdefault(kind, []).append(zone)
            self.kinds.setdefault(zone.plain, kind)
            for key in _keys(zone.plain):
                self._by_key.setdefault((kind, key), []).append(zone)
        zone.mentions.append(mention)
        zone.place = zone.place or place
        return zone


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
    zones = _Zones()
    nameless: list[tuple[str, str, Mention]] = []
    last: tuple[Mention, _Found] | None = None
    for index, mention in enumerate(used):
        if mention.label != "ZONE":
            continue
        end = min(zone_type_at(text, mention.start), mention.end)
        kind = kind_of(text[mention.start : end])
        name = text[end : mention.end].strip(" -")
        if not _NAMED.search(name):
            nameless.append((kind, name, mention))
            continue
        listed = last is not None and _listed(text, last[0], mention)
        if not kind:
            kind = last[1].kind if last and listed else _inherited(text, mention, zones, name)
            if not kind:
                continue
        status = last[1].status if last and listed and end == mention.start else _status(text, mention)
        place = _place(text, used, index)
        for one in reversed((kind, *_joined_kinds(text, mention.start))):
            zone = zones.add(one, name, place, mention)
            zone.status = zone.status or status
            zone.phase = zone.phase or _phase(text, mention.end)
            zone.source = zone.source or ("zone-named" if end > mention.start else "zone-listed")
            last = (mention, zone)
    for kind, name, mention in nameless:
        alike = zones.find(kind, name, "") if name else None
        only = zones.by_kind.get(kind, ())
        if alike is not None:
            alike.mentions.append(mention)
        elif not name and len(only) == 1:
            only[0].mentions.append(mention)
    managers = _managers(text, mentions)
    return [
        Zone(
            zone.kind,
            zone.name,
            zone.place,
            tuple(sorted(zone.mentions, key=_start)),
            zone.status,
            zone.phase,
            managers.get((zone.kind, zone.plain), ""),
            zone.source,
            max(mention.score for mention in zone.mentions),
        )
        for zone in zones.all
    ]


def _start(mention: Mention) -> int:
    return mention.start


def _keys(plain: str) -> set[str]:
    """Return the words by which a name can be met: the first, and what follows its last dash."""
    return {plain.split(" ", 1)[0], plain.rsplit("- ", 1)[-1]}


def _same(zone: _Found, plain: str, place: str) -> bool:
    """Tell whether a name is that of a zone known before, in full or in part (`Hồng Đạt`)."""
    one, other = zone.plain, plain
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


def _listed(text: str, before: Mention, mention: Mention) -> bool:
    """Tell whether a zone stands in one list with the one before."""
    gap = mention.start - before.end
    return gap <= 150 and _LIST_GAP.fullmatch(text, before.end, mention.start) is not None


@cache
def _statuses() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    table = {key: words for key, words in load_toml("zones")["status"].items() if key != "examples"}
    groups = "|".join(f"(?P<{key}>{alternatives(words)})" for key, words in table.items())
    before = rf"(?<!\w)(?:{groups})(?!\w)(?: (?:mới|các|dự án|đầu tư|xây dựng|hạ tầng|cho))*:? ?$"
    return regex.compile(before), regex.compile(rf" ?(?:đã |đang |được |sẽ )*(?:{groups})(?!\w)")


def _status(text: str, mention: Mention) -> str:
    """Return what the words beside a zone say of it: `planned`, `approved`, `expanding` or `operating`."""
    before, after = _statuses()
    start = max(0, mention.start - 60)
    ahead = lower(text[start : mention.start])
    head = _last_type(ahead)
    if head is not None and regex.fullmatch(r"(?: và|,|:)? ?", ahead[head.end() :]):
        ahead = ahead[: head.start()]  # `thành lập các KCN: …`
    match = before.search(ahead) or after.match(lower(text[mention.end : mention.end + 60]))
    return match.lastgroup or "" if match else ""


def _phase(text: str, end: int) -> str:
    match = _PHASE.match(text, end)
    return match[1] if match else ""


def _managers(text: str, mentions: Sequence[Mention]) -> dict[tuple[str, str], str]:
    """Return the bodies whose names say which zone they manage (`Ban quản lý Khu kinh tế Dung Quất`)."""
    found: dict[tuple[str, str], str] = {}
    for mention in mentions:
        name = text[mention.start : mention.end]
        match = _MANAGER.match(name) if mention.label == "ORG" else None
        if match:
            end = zone_type_at(name, match.end())
            kind = kind_of(name[match.end() : end])
            if kind:
                found.setdefault((kind, _plain(name[end:])), name)
    return found


def _plain(name: str) -> str:
    return " ".join(_PIECE.findall(fold(name)))


def _inherited(text: str, mention: Mention, zones: _Zones, name: str) -> str:
    """Return the kind of a name without a type word: that of its list, or of the zone that it names."""
    begin = max(text.rfind("\n", max(0, mention.start - 80), mention.start), mention.start - 80, 0)
    before = lower(text[begin : mention.start])
    head = _last_type(before)
    if head is not None and not regex.search(r"[.;\n]", before[head.end() :]):
        return kind_of(head[0])
    return zones.kinds.get(_plain(name), "")


def _last_type(lowered: str) -> regex.Match[str] | None:
    match = None
    for match in _type().finditer(lowered):  # noqa: B007
        continue
    return match


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
        ahead + 1 < min(len(used), index + _MOST_COMPARED)
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
