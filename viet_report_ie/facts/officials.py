"""Who holds which office: persons joined with the offices that stand beside their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from viet_report_ie.facts.bodies import Bodies, words_of
from viet_report_ie.facts.merge import merge_offices
from viet_report_ie.facts.model import Official
from viet_report_ie.facts.names import group_persons
from viet_report_ie.facts.positions import (
    Office,
    chained,
    find_offices,
    is_bodiless,
    lead_in,
    share_bodies,
)
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article

__all__ = ["find_officials"]

# A bound on what is compared, so that time stays linear in the length of any text.
_MOST_COMPARED = 40
_CREDIT = regex.compile(r"(?<!\w)(?:ảnh|đồ họa|clip|video|bài|tin): ?$", regex.IGNORECASE)
_PLURAL = regex.compile(r"(?<!\w)(?:các|hai|ba|bốn|năm|những|\d+) $", regex.IGNORECASE)
_LIST_LINK = r" ?(?:[,;]|và|cùng) ?"
_TRIGGER = regex.compile(
    r"(?<!\w)(?:làm|là|thành|giữ chức(?: vụ| danh)?|cương vị|cách chức|chức vụ|chức danh|vai trò|tư cách"
    r"|tái cử|trúng cử|đắc cử|từng là|bầu|bổ nhiệm|chức) $",
    regex.IGNORECASE,
)
_CALLED = regex.compile(r"[^.;!?:\n]{0,40}?, (ông|bà) (?!\p{Lu})")
_PRONOUN = regex.compile(r"(?<!\w)(?:ông|bà)(?: này| ta)? (?!\p{Lu})", regex.IGNORECASE)


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
    used = [m for m in used if m.label != "PERSON" or not _is_ministry(text, m)]
    persons = group_persons(text, used)
    offices = find_offices(text, used)
    runs = _runs(text, offices)
    people = [m for m in used if m.label == "PERSON" and not _is_credit(text, m)]
    owners = _link(text, people, runs)
    by_mention = {id(m): person for person in persons for m in person.mentions}
    held: dict[int, list[Office]] = {}
    for office, owner in owners:
        held.setdefault(id(by_mention[id(owner)]), []).append(office)
    bodies = Bodies(text, used)
    found = []
    for person in persons:
        positions = merge_offices(bodies, held.get(id(person), ()))
        if positions:
            mentions_of = tuple(person.mentions)
            score = max(mention.score for mention in mentions_of)
            found.append(Official(person.name, tuple(positions), mentions_of, positions[0].source, score))
    linked = {id(office) for office, _ in owners}
    alone = [office for run in runs for office in run if id(office) not in linked]
    return _with_offices_alone(bodies, found, alone)


def _with_offices_alone(
    bodies: Bodies, officials: Sequence[Official], offices: Sequence[Office]
) -> list[Official]:
    """Add the offices that are named without their holder to the one person that they fit."""
    text = bodies.text
    holders: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for index, official in enumerate(officials):
        for position in official.positions:
            words = words_of(position.title)
            for size in range(1, len(words) + 1):
                holders.setdefault(words[:size], []).append((index, position.organization))
    added: dict[int, list[Mention]] = {}
    for office in offices:
        start = office.title.start
        if _PLURAL.search(text, max(0, start - 10), start):
            continue
        words = words_of(text[start : office.title_end])
        body = text[office.body.start : office.body.end] if office.body else ""
        fitting = {
            index
            for index, organization in holders.get(words, ())[:_MOST_COMPARED]
            if not body or (organization and bodies.same(organization, body))
        }
        if len(fitting) == 1:
            added.setdefault(fitting.pop(), []).append(office.title)
    return [
        replace(official, mentions=tuple(sorted((*official.mentions, *added[index]), key=_start)))
        if index in added
        else official
        for index, official in enumerate(officials)
    ]


def _start(mention: Mention) -> int:
    return mention.start


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


def _is_credit(text: str, person: Mention) -> bool:
    """Tell whether the name is that of a photographer or writer (`Ảnh: …`)."""
    return _CREDIT.search(text, max(0, person.start - 12), person.start) is not None


@cache
def _ministry() -> regex.Pattern[str]:
    words = alternatives(load_toml("titles")["ministries"]["words"])
    return regex.compile(rf"(?<=(?:bộ|thứ) trưởng )(?:{words})(?!\w)", regex.IGNORECASE)


def _is_ministry(text: str, person: Mention) -> bool:
    """Tell whether what was taken for a person is a branch of government (`Bộ trưởng Công Thương`)."""
    match = _ministry().match(text, person.start)
    return match is not None and match.end() >= person.end


@cache
def _honorific() -> str:
    table = load_toml("titles")
    words = alternatives(table["honorifics"]["words"] + table["ranks"]["words"])
    return rf"(?:(?:(?:{words})(?!\w)[ .,-]{{0,3}}){{0,5}})"


@cache
def _gaps() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Return the patterns: office then name, the same across a sign, name then office, name then name."""
    honorific = _honorific()
    tight = rf" ?(?:đương nhiệm )?(?:là )?{honorific} ?\"?"
    loose = rf" ?(?:đương nhiệm )?[,:(-] ?(?:là |do |gồm:? ?)?{honorific} ?\"?"
    aside = (
        r"(?: ?\([^()\n]{0,80}\)|,? \(?\d\d tuổi|,? \(?(?:sn|sinh năm) \d{4}\)?| - [^-,.;:()\n]{3,40}(?=,))?"
    )
    apposition = rf"{aside} ?(?:[,(:-] ?)?(?:Sinh năm \d+\), ?)?(?:{honorific}{lead_in()}){{1,2}}"
    names = rf"{aside}{_LIST_LINK}{honorific}"
    return (
        regex.compile(tight, regex.IGNORECASE),
        regex.compile(loose, regex.IGNORECASE),
        regex.compile(apposition, regex.IGNORECASE),
        regex.compile(names, regex.IGNORECASE),
    )


def _link(text: str, people: Sequence[Mention], runs: Sequence[list[Office]]) -> list[tuple[Office, Mention]]:
    """Return the pairs of an office and the mention of its holder."""
    tight, loose, apposition, _ = _gaps()
    pairs: list[tuple[Office, Mention]] = []
    cursor = 0  # the first person after the run
    taken: set[int] = set()  # persons whose own offices stand before them
    for number, run in enumerate(runs):
        start, end = run[0].title.start, run[-1].end
        while cursor < len(people) and people[cursor].start < start:
            cursor += 1
        before = people[cursor - 1] if cursor and start - people[cursor - 1].end <= 160 else None
        after = people[cursor] if cursor < len(people) and people[cursor].start - end <= 80 else None
        is_tight = after is not None and tight.fullmatch(text, end, after.start) is not None
        is_loose = after is not None and loose.fullmatch(text, end, after.start) is not None
        is_apposed = before is not None and apposition.fullmatch(text, before.end, start) is not None
        if before and id(before) in taken and is_bodiless(text[start : run[0].title_end]):
            is_apposed = False  # `Bộ trưởng A, Thủ tướng nói`
        own = run
        if is_apposed and before:
            if is_tight:
                own = [] if id(before) in taken else run[:-1]
            pairs += _held_by(own, before, "office-after-name")
            own = run[len(own) :] if is_tight else []
        if own and after and (is_tight or is_loose):
            following = runs[number + 1] if number + 1 < len(runs) else None
            for holder in _sharing(text, people, cursor, start, following):
                pairs += _held_by(own, holder, "office-before-name")
            taken.add(id(after))
        elif not is_apposed:
            named = _holder(text, people, cursor, start, end)
            if named is not None:
                pairs += _held_by(run, named, "office-apart")
    return pairs


def _held_by(offices: Sequence[Office], holder: Mention, source: str) -> list[tuple[Office, Mention]]:
    for office in offices:
        office.source = office.source or source
    return [(office, holder) for office in offices]


def _sharing(
    text: str, people: Sequence[Mention], cursor: int, start: int, following: Sequence[Office] | None
) -> list[Mention]:
    """Return the person after an office, and those who share it (`các Phó chủ tịch A, B và C`)."""
    _, _, apposition, names = _gaps()
    last = cursor
    if _PLURAL.search(text, max(0, start - 10), start) or text.startswith(" và ", people[cursor].end):
        while last + 1 < len(people) and people[last + 1].start - people[last].end <= 100:
            person = people[last + 1]
            if not names.fullmatch(text, people[last].end, person.start):
                break
            own = following[0].title.start if following else -1
            if person.end <= own <= person.end + 160 and apposition.fullmatch(text, person.end, own):
                break
            last += 1
    return list(people[cursor : last + 1])


def _holder(text: str, people: Sequence[Mention], cursor: int, start: int, end: int) -> Mention | None:
    """Return who is said to hold an office that stands away from any name (`cách chức … đối với ông A`)."""
    trigger = _TRIGGER.search(text, max(0, start - 20), start)
    if trigger is None or _PLURAL.search(text, max(0, trigger.start() - 10), trigger.start()):
        return None
    called = _CALLED.match(text, end)
    if called:
        return _last_called(text, people[:cursor], called[1])
    line = max(text.rfind(stop, max(0, start - 300), start) for stop in ("\n", ". ", "; ", '"'))
    for person in reversed(people[max(0, cursor - 5) : cursor]):
        if person.start < line:
            break
        if not _kinship().search(text, max(0, person.start - 25), person.start):
            return person
    if (
        cursor < len(people)
        and people[cursor].start - end <= 150
        and _of_whom().fullmatch(text, end, people[cursor].start)
    ):
        return people[cursor]
    if cursor and _PRONOUN.search(text, max(0, line, start - 300), start):
        return people[cursor - 1]
    return None


def _last_called(text: str, people: Sequence[Mention], word: str) -> Mention | None:
    """Return the last person that the text calls `ông` or `bà`."""
    for person in reversed(people[-10:]):
        if text[max(0, person.start - 3) : person.start].lower() == word + " ":
            return person
    return None


@cache
def _kinship() -> regex.Pattern[str]:
    words = alternatives(load_toml("titles")["kinship"]["words"])
    return regex.compile(rf"(?<!\w)(?:{words}) (?:của )?{_honorific()}$", regex.IGNORECASE)


@cache
def _of_whom() -> regex.Pattern[str]:
    words = alternatives(load_toml("titles")["honorifics"]["words"])
    return regex.compile(rf"[^.;!?\n]*?(?:đối với|của|cho|,|với|tới)(?: (?:{words}))+ ", regex.IGNORECASE)
