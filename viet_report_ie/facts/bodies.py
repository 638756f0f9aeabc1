"""Bodies under one name: `UBND TP` and `UBND TP. HCM`, a company and its short name; offices without repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from viet_report_ie.facts.model import Position
from viet_report_ie.facts.names import fold
from viet_report_ie.facts.positions import Office, is_bodiless
from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.mention import Mention

__all__ = ["Bodies", "merge_positions"]

_ALIAS_GAP = regex.compile(r" ?\(")
_LEVELS = frozenset(("tỉnh", "thành", "huiện", "quận", "thị", "xã", "phường", "trấn"))


@lru_cache(maxsize=None)
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {fold(short): tuple(fold(full).split()) for short, full in load_toml("bodies")["short"].items()}


@lru_cache(maxsize=4096)
def tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of a title or body, short forms written out."""
    short = _short_forms()
    words: list[str] = []
    for word in regex.findall(r"[\w&]+", fold(name)):
        words.extend(short.get(word, (word,)))
    return tuple(words)


class Bodies:
    """The bodies of one article."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.counts: Counter[str] = Counter()
        self._alias: dict[tuple[str, ...], tuple[str, ...]] = {}
        organizations = [m for m in mentions if m.label == "ORG"]
        for before, after in zip(organizations, organizations[1:]):
            if _ALIAS_GAP.fullmatch(text, before.end, after.start) and text[after.end : after.end + 1] == ")":
                full, short = text[before.start : before.end], text[after.start : after.end]
                self._alias.setdefault(tokens(short), tokens(full))
        for mention in organizations:
            self.counts[text[mention.start : mention.end]] += 1

    def key(self, body: str) -> tuple[str, ...]:
        """Return the words of the full name."""
        words = tokens(body)
        return self._alias.get(words, words)

    def compatible(self, first: str, second: str) -> bool:
        """Tell whether the two names can be one body."""
        if not first or not second:
            return True
        one, other = set(self.key(first)), set(self.key(second))
        return one <= other or other <= one

    def fuller(self, first: str, second: str) -> str:
        """Return the name that says more; of a full name and its short form the more frequent one."""
        one, other = self.key(first), self.key(second)
        if one == other and tokens(first) != tokens(second):
            return max(first, second, key=lambda name: self.counts[name])
        return second if len(other) > len(one) else first


def merge_positions(bodies: Bodies, offices: Iterable[Office]) -> list[Position]:
    """Return the offices of one person without repeats, the fuller form of each."""
    text = bodies.text
    merged: list[Position] = []
    labels: list[str] = []
    for office in offices:
        title = text[office.title.start : office.title.end]
        body = text[office.body.start : office.body.end] if office.body else ""
        label = office.body.label if office.body else ""
        end = office.body.end if office.body and office.body.start >= office.title.end else office.title.end
        position = Position(title, body, office.title.start, end)
        for index, known in enumerate(merged):
            joined = _join(bodies, known, labels[index], position, label)
            if joined is not None:
                merged[index] = joined
                labels[index] = label if joined.organization == body and body else labels[index]
                break
        else:
            merged.append(position)
            labels.append(label)
    return merged


def _join(
    bodies: Bodies, known: Position, known_label: str, new: Position, new_label: str
) -> Position | None:
    """Return the one position that both say, or None."""
    first, second = tokens(known.title), tokens(new.title)
    if first != second and not _extends(first, second) and not _extends(second, first):
        return None
    if "LOC" in (known_label, new_label) and known_label != new_label:
        organization = known.organization if known_label == "ORG" else new.organization
        if not organization:
            organization = known.organization or new.organization
    elif bodies.compatible(known.organization, new.organization):
        organization = bodies.fuller(known.organization, new.organization)
    else:
        return None
    title = known.title if len(first) >= len(second) else new.title
    at = known if organization == known.organization else new
    return Position(title, organization, at.start, at.end)


def _extends(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether one title is the beginning of the other (`Bộ trưởng`, `Bộ trưởng Y tế`)."""
    return len(longer) > len(shorter) and longer[: len(shorter)] == shorter and not is_bodiless(" ".join(shorter))
