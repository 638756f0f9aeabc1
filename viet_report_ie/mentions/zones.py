"""ZONE mentions by rules over characters: a type word with a name, and the names of a list."""

from __future__ import annotations

from functools import cache

import regex

from viet_report_ie.lexicon import load_toml, load_tsv
from viet_report_ie.lexicon.patterns import alternatives, lower
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article

__all__ = ["find_zone_mentions", "kind_of", "type_pattern", "zone_type_at"]

SOURCE = "zone-rule"
# Since July 2025 a `đặc khu` is a unit beside communes and wards: its name is then that of a place.
_PRESENT = regex.compile(r"(?:xã|phường)(?:,| và| hoặc| hay|/) ?(?:các )?đặc khu")
_UPPER = r"(?:(?:TP|Tp|T\.P|TX)\.|\p{Lu}[\p{L}\p{M}\d]*+(?:[&.](?=\p{L})[\p{L}\p{M}\d]++)*+)"
_LEVEL = regex.compile(r"(?i:tp|thành phố|tỉnh|huyện|quận|thị xã|xã|phường)(?!\w)")
_NUMBER = r"(?:(?:\d{1,2}[A-Z]?|[IVX]{1,4}(?:-[A-Z\d])?)(?![\w%/]|[.,]\d))"


@cache
def _kinds() -> dict[str, str]:
    return {word: entry["kind"] for entry in load_toml("zones")["type"] for word in entry["words"]}


@cache
def type_pattern() -> str:
    """Return the pattern of a type word in lower case."""
    by_first: dict[str, list[str]] = {}
    for word in _kinds():
        first, _, rest = word.partition(" ")
        by_first.setdefault(first, []).append(" " + rest if rest else "")
    branches = (
        f"{regex.escape(first)}(?:{alternatives(rests)})" for first, rests in sorted(by_first.items())
    )
    return rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)"


@cache
def _name_pattern() -> str:
    table = load_toml("zones")
    stop = rf"(?!(?i:{alternatives(table['stop']['words'])})(?!\w))"
    # A number that counts what follows is not the number of the zone: `KCN Đình Vũ 3 dự án`.
    uncounted = rf"(?! (?:{alternatives(table['name']['counted'])})(?!\w))"
    word = rf"(?:{stop}{_UPPER}|{_NUMBER}{uncounted})"
    opener = rf"(?:(?i:{alternatives(table['name']['openers'])}) )?"
    return rf"{opener}{stop}{_UPPER}(?:(?: | ?- ?| & |(?<=[Pp]\.)){word}){{0,6}}+"


@cache
def _type() -> regex.Pattern[str]:
    return regex.compile(type_pattern())


@cache
def _plural() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{alternatives(load_toml('zones')['list']['plural'])}|\d{{1,3}}) $")


@cache
def _body() -> regex.Pattern[str]:
    table = load_toml("zones")["body"]
    links = alternatives([*table["links"], *_kinds()])
    return regex.compile(rf"(?<!\w)(?:{alternatives(table['heads'])}) (?:(?:{links}),? ){{0,8}}$")


@cache
def _first_name() -> regex.Pattern[str]:
    """Return the pattern of what leads from the type word to the first name."""
    opener = rf"(?::| (?i:{alternatives(load_toml('zones')['list']['openers'])}):?)"
    qualifier = rf"(?:(?: [\p{{L}}\p{{M}}\d]++){{1,7}}?(?={opener} ))?"
    short = r"(?: ?\((?:KCN|KKT|CCN|KCX|KCNC)\))?"
    return regex.compile(rf"{short}(?P<opener>{qualifier}{opener})? (?P<name>{_name_pattern()})")


@cache
def _next_name() -> regex.Pattern[str]:
    """Return the pattern of what leads from one name of a list to the next."""
    aside = r"(?: ?\([^()\n]{0,60}\))?"
    level = r"(?i:huyện|quận|thị xã|thành phố|tp\.?|tỉnh|xã|phường|thị trấn|đảo)"
    place = rf"(?: {level}(?: \p{{Lu}}[\p{{L}}\p{{M}}]*+){{1,4}})?"
    kind = rf"(?i:{type_pattern()})"
    link = r"(?: ?[,;] ?(?:và )?| và | cùng )"
    return regex.compile(
        rf"(?P<aside>{aside}{place}{aside}){link}(?P<type>{kind} )?(?P<name>{_name_pattern()})"
    )


@cache
def _provinces() -> frozenset[str]:
    rows = load_tsv("places")
    names = (row[3] for row in rows if row[0][1] == "p")
    return frozenset(name.removeprefix("Tỉnh ").removeprefix("Thành phố ") for name in names)


def _without_province(text: str, start: int, end: int) -> int:
    """Return the end of a name without the province that a dash parts from it (`Tân Phú - Long An`)."""
    dash = text.rfind(" - ", start, end)
    return dash if dash > start and text[dash + 3 : end] in _provinces() else end


def zone_type_at(text: str, start: int) -> int:
    """Return the end of the type word that begins at an offset, or the offset itself."""
    match = _type().match(lower(text[start : start + 60]))
    return start + match.end() if match else start


def kind_of(word: str) -> str:
    """Return the kind that a type word names, or an empty string.

    Examples
    --------
    >>> kind_of("Khu công nghiệp")
    'industrial_park'
    """
    return _kinds().get(word.lower(), "")


def find_zone_mentions(article: Article) -> list[Mention]:
    """Return the zones that the text names with their type word, and the further names of lists of zones.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> article = read("Thành lập các KCN: Tân Phú huyện Yên Mỹ, Hồng Tiến huyện Yên Mỹ và KKT Vũng Áng.")
    >>> [article.text[zone.start : zone.end] for zone in find_zone_mentions(article)]
    ['Tân Phú', 'Hồng Tiến', 'KKT Vũng Áng']
    """
    text = article.text
    lowered = lower(text)
    present = _PRESENT.search(lowered) is not None
    found: list[Mention] = []
    position = 0
    while word := _type().search(lowered, position):
        position = word.end()
        match = _first_name().match(text, position)
        if match is None:
            continue
        plural = _plural().search(lowered, max(0, word.start() - 10), word.start()) is not None
        if match["opener"] and (not plural or _LEVEL.match(match["name"])):
            continue
        position = match.end()
        # A list after a colon names zones, also where a body of them is spoken of: `công đoàn các KCN: A, B`.
        listed = plural and ":" in (match["opener"] or "")
        if not listed and _body().search(lowered, max(0, word.start() - 80), word.start()):
            continue
        position = _without_province(text, match.start("name"), position)
        following = _next_name().match(text, position)
        if plural and not following and text[match.start("name") : position] in _provinces():
            continue  # `các khu công nghiệp Đồng Nai` are no one zone
        if word[0] == "đặc khu" and present:
            continue
        alone = match["opener"] is not None or (plural and following is not None and not following["type"])
        found.append(Mention("ZONE", match.start("name") if alone else word.start(), position, SOURCE))
        while following:
            # `KCN A (huyện X) và B (huyện Y)`: what is written alike is a zone too.
            alike = "(" in following["aside"] and text[following.end() : following.end() + 2] == " ("
            if not (following["type"] or plural or alike):
                break
            start = following.start("type" if following["type"] else "name")
            position = _without_province(text, following.start("name"), following.end())
            found.append(Mention("ZONE", start, position, SOURCE))
            following = _next_name().match(text, position)
    return found
