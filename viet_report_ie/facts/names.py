"""Full and short forms of one person's name, joined over the article."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from viet_report_ie.mentions.mention import Mention

__all__ = ["Person", "fold", "group_persons"]

_I_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def fold(text: str) -> str:
    """Return a form in which spellings that differ by case, spacing or `i`/`y` are equal.

    Examples
    --------
    >>> fold("Phạm  Sỹ Quý") == fold("PHẠM SĨ QUÝ")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_I_Y).split())


@dataclass
class Person:
    """Everyone that is called by one name; `mentions` are in the order of the text."""

    name: str
    key: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)


def group_persons(text: str, mentions: Sequence[Mention]) -> list[Person]:
    """Group the PERSON mentions by person, in the order of their first mention.

    A short name (`Bình`, `Mỹ Thanh`) goes to the last person named before it whose full name ends with it,
    else to the only one that is named after it.

    Examples
    --------
    >>> text = "Ông Lê Văn Bình đến. Ông Bình nói."
    >>> found = [Mention("PERSON", 4, 15, "x"), Mention("PERSON", 25, 29, "x")]
    >>> [(person.name, len(person.mentions)) for person in group_persons(text, found)]
    [('Lê Văn Bình', 2)]
    """
    people = [mention for mention in mentions if mention.label == "PERSON"]
    keys = [tuple(fold(text[mention.start : mention.end]).split()) for mention in people]
    aliases = _aliases(text, people, keys)
    keys = [aliases.get(key, key) for key in keys]
    full: dict[tuple[str, ...], None] = dict.fromkeys(key for key in keys if len(key) > 1)
    by_ending: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in full:
        for size in (1, 2, 3):
            if size < len(key):
                by_ending.setdefault(key[-size:], []).append(key)
    persons: dict[tuple[str, ...], Person] = {}
    latest: dict[tuple[str, ...], tuple[str, ...]] = {}
    for mention, key in zip(people, keys, strict=True):
        owner = key
        candidates = by_ending.get(key, ())
        if candidates and key in latest:
            owner = latest[key]
        elif len(candidates) == 1:
            owner = _longest(candidates[0], by_ending)
        person = persons.get(owner)
        if person is None:
            person = persons[owner] = Person("", owner)
        name = text[mention.start : mention.end]
        if len(name.split()) > len(person.name.split()) or (len(key) == len(owner) and person.name.isupper()):
            person.name = name
        person.mentions.append(mention)
        for size in (1, 2, 3):
            if size < len(owner):
                latest[owner[-size:]] = owner
    return list(persons.values())


def _aliases(
    text: str, people: Sequence[Mention], keys: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the other names that stand in brackets behind a name (`Lê Văn Hùng (Lê Hùng)`)."""
    found = {}
    for index in range(len(people) - 1):
        first, second = keys[index], keys[index + 1]
        if text[people[index].end : people[index + 1].start] in (" (", "(") and first[-1] == second[-1]:
            found[second] = first
    return found


def _longest(
    key: tuple[str, ...], by_ending: dict[tuple[str, ...], list[tuple[str, ...]]]
) -> tuple[str, ...]:
    """Follow `Quyết Tâm` to `Nguyễn Thị Quyết Tâm` when there is one such name."""
    longer = by_ending.get(key, ())
    return longer[0] if len(longer) == 1 else key
