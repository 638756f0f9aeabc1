"""Who holds which office: persons joined with the offices that stand beside their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from viet_report_ie.facts.bodies import Bodies, merge_positions
from viet_report_ie.facts.model import Official, Position
from viet_report_ie.facts.names import Person, group_persons
from viet_report_ie.facts.positions import (
    Office,
    alternatives,
    chained,
    find_offices,
    lead_in,
    share_bodies,
)
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article

__all__ = ["find_officials"]

_PLURAL = regex.compile(r"(?<!\w)(?:các|hai|ba|bốn|năm|những|\d+) $", regex.IGNORECASE)
_LIST_LINK = r" ?(?:[,;]|và|cùng) ?"
_TRIGGER = regex.compile(
    r"(?<!\w)(?:làm|là|thành|giữ chức(?: vụ| danh)?|cương vị|cách chức|chức vụ|chức danh|vai trò|tư cách"
    r"|tái cử|trúng cử|đắc cử|từng là|cử|bầu|bổ nhiệm|chức) $",
    regex.IGNORECASE,
)
_OF_WHOM = regex.compile(r"[^.;!?\n]{0,60}?(?:đối với|của|cho|,|dành cho|với)")


def find_officials(article: Article, mentions: Sequence[Mention]) -> list[Official]:
    """Return one object for each person that the article gives an office.

    Parameters
    ----------
    article : Article
        The article that was read.
    mentions : sequence of Mention
        Mentions in the order of the text that do not overlap; PERSON, TITLE, ORG and LOC are used.

    Returns
    -------
    list of Official
        In the order of the first mention of the person.
    """
    text = article.text
    used = [m for m in mentions if m.label in ("PERSON", "TITLE", "ORG", "LOC", "ZONE")]
    persons = group_persons(text, used)
    offices = find_offices(text, used)
    runs = _runs(text, offices)
    owners = _link(text, [m for m in used if m.label == "PERSON"], runs)
    by_mention = {id(m): person for person in persons for m in person.mentions}
    held: dict[int, list[Office]] = {}
    for office, owner in owners:
        held.setdefault(id(by_mention[id(owner)]), []).append(office)
    bodies = Bodies(text, used)
    found = []
    for person in persons:
        positions = merge_positions(bodies, held.get(id(person), ()))
        if positions:
            found.append(Official(person.name, tuple(positions), tuple(person.mentions)))
    return found


def _runs(text: str, offices: Sequence[Office]) -> list[list[Office]]:
    runs: list[list[Office]] = []
    for office in offices:
        if runs and chained(text, runs[-1][-1], office):
            runs[-1].append(office)
        else:
            runs.append([office])
    for run in runs:
        share_bodies(text, run)
    return runs


@lru_cache(maxsize=None)
def _honorific() -> str:
    table = load_toml("titles")
    words = alternatives(table["honorifics"]["words"] + table["ranks"]["words"])
    return rf"(?:(?:(?:{words})(?!\w)[ .,-]{{0,3}}){{0,5}})"


@lru_cache(maxsize=None)
def _gaps() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Return the patterns: office then name, the same across a sign, name then office, name then name."""
    honorific = _honorific()
    tight = rf" ?(?:đương nhiệm )?(?:là )?{honorific} ?\"?"
    loose = rf" ?(?:đương nhiệm )?[,:(-] ?(?:là |do |gồm:? ?)?{honorific} ?\"?"
    aside = r"(?: ?\([^()\n]{0,80}\))?"
    apposition = rf"\"?{aside} ?(?:[,(:-] ?)?(?:Sinh năm \d+\), ?)?(?:{honorific}{lead_in()}){{1,2}}\"?"
    names = rf"{aside}{_LIST_LINK}{honorific}"
    return (
        regex.compile(tight, regex.IGNORECASE),
        regex.compile(loose, regex.IGNORECASE),
        regex.compile(apposition, regex.IGNORECASE),
        regex.compile(names, regex.IGNORECASE),
    )


def _link(
    text: str, people: Sequence[Mention], runs: Sequence[list[Office]]
) -> list[tuple[Office, Mention]]:
    """Return the pairs of an office and the mention of its holder."""
    tight, loose, apposition, names = _gaps()
    pairs: list[tuple[Office, Mention]] = []
    cursor = 0  # the first person after the run
    taken: set[int] = set()  # persons whose own run stands before them
    for run in runs:
        start, end = run[0].title.start, run[-1].end
        while cursor < len(people) and people[cursor].start < start:
            cursor += 1
        before = people[cursor - 1] if cursor else None
        after = people[cursor] if cursor < len(people) else None
        is_tight = after is not None and tight.fullmatch(text, end, min(after.start, end + 80)) is not None
        is_tight = is_tight and after is not None and after.start - end <= 80
        is_loose = (
            after is not None
            and after.start - end <= 80
            and loose.fullmatch(text, end, after.start) is not None
        )
        is_apposed = (
            before is not None
            and start - before.end <= 160
            and apposition.fullmatch(text, before.end, start) is not None
        )
        if is_apposed and before is not None:
            own = run
            if is_tight and after is not None:
                own = [] if id(before) in taken and len(run) == 1 else run[:-1]
                pairs += [(office, after) for office in run[len(own) :]]
                taken.add(id(after))
            pairs += [(office, before) for office in own]
        elif (is_tight or is_loose) and after is not None:
            pairs += [(office, after) for office in run]
            taken.add(id(after))
            if _PLURAL.search(text, max(0, start - 10), start) or text[after.end : after.end + 3] == " và":
                last = cursor
                while (
                    last + 1 < len(people)
                    and people[last + 1].start - people[last].end <= 100
                    and names.fullmatch(text, people[last].end, people[last + 1].start)
                ):
                    last += 1
                    pairs += [(office, people[last]) for office in run]
        else:
            holder = _holder(text, people, cursor, start, end)
            if holder is not None:
                pairs += [(office, holder) for office in run]
    return pairs


def _holder(
    text: str, people: Sequence[Mention], cursor: int, start: int, end: int
) -> Mention | None:
    """Return who is said to hold an office that stands away from any name (`bị cách chức …, ông A`)."""
    if not _TRIGGER.search(text, max(0, start - 20), start):
        return None
    line = max(text.rfind(stop, max(0, start - 300), start) for stop in ("\n", ". ", "; "))
    if cursor and people[cursor - 1].start > line >= 0:
        return people[cursor - 1]
    if cursor < len(people) and _OF_WHOM.match(text, end, people[cursor].start):
        gap = text[end : people[cursor].start]
        if len(gap) < 60 and not regex.search(r"[.;\n]", gap):
            return people[cursor]
    return None
