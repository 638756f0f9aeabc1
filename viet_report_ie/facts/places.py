"""Places tied to the codes of their units, by level word, by context and by the day of the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import regex

from viet_report_ie.facts.gazetteer import Gazetteer, load_gazetteer, name_key
from viet_report_ie.facts.model import Place
from viet_report_ie.lexicon import load_toml
from viet_report_ie.lexicon.patterns import alternatives, lower
from viet_report_ie.mentions.mention import Mention
from viet_report_ie.text.article import Article

__all__ = ["REFORM", "link_places"]

REFORM = date(2025, 7, 1)
"""The day on which the units without districts came into force."""

_CHAIN_GAP = regex.compile(r" ?(?:,|\(|-|thuộc|của)? ?")
_WORD, _NAME_WORD = regex.compile(r"[\w.]+"), regex.compile(r"[\w']+")
_MOST_NAME_WORDS = 6
_REMEMBERED = 4096


@dataclass
class _Name:
    """A place name in a mention, and the rows of its candidates."""

    mention: Mention
    start: int
    end: int
    rows: tuple[int, ...]

    def moved_to(self, mention: Mention) -> _Name:
        """Return the same name in another mention of the same words."""
        shift = mention.start - self.mention.start
        return _Name(mention, self.start + shift, self.end + shift, self.rows)


def link_places(article: Article, mentions: Sequence[Mention], published: date | None = None) -> list[Place]:
    """Tie the places of an article to official units.

    Parameters
    ----------
    article : Article
        The article that was read.
    mentions : sequence of Mention
        Mentions in the order of the text that do not overlap; LOC, ORG and ZONE are used.
    published : datetime.date, optional
        The day of the article: since the reform, units of the present division come first.

    Returns
    -------
    list of Place
        In the order of the text; names that no unit has are left out.

    Examples
    --------
    >>> from viet_report_ie.text.article import read
    >>> article = read("Tại huyện Cát Hải (TP Hải Phòng)")
    >>> found = [Mention("LOC", 4, 17, "x"), Mention("LOC", 19, 31, "x")]
    >>> [(place.before[0].code, place.ambiguous) for place in link_places(article, found)]
    [('317', False), ('31', False)]
    """
    gazetteer = load_gazetteer()
    names: list[_Name] = []
    known: dict[tuple[str, str], list[_Name]] = {}
    for mention in mentions:
        if mention.label not in ("LOC", "ORG", "ZONE"):
            continue
        key = mention.label, article.text[mention.start : mention.end]
        if key in known:
            names += [name.moved_to(mention) for name in known[key]]
        else:
            known[key] = [
                _Name(mention, mention.start + a, mention.start + b, rows) for a, b, rows in _names(*key)
            ]
            names += known[key]
    context = _context(gazetteer, names)
    present = published is not None and published >= REFORM
    places = []
    for index, name in enumerate(names):
        rows, source = _fitting(gazetteer, article.text, names, index, context)
        place = _place(gazetteer, name, rows, present, source)
        if place is not None:
            places.append(place)
    return places


@cache
def _level() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\w)(?P<word>{alternatives(load_toml('places')['level'])})(?:\. ?|\b ?)(?=[\w])"
    )


@cache
def _head() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<word>{alternatives(load_toml('places')['head'])}) ")


@lru_cache(_REMEMBERED)
def _names(label: str, text: str) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """Return the place names in the text of a mention: start, end, and the rows of the candidates."""
    gazetteer, lowered = load_gazetteer(), lower(text)
    table = load_toml("places")["level"]
    found = []
    for match in _level().finditer(lowered):
        start = match.end()
        if start >= len(text) or not (text[start].isupper() or text[start].isdigit()):
            continue
        end, rows = _longest_name(gazetteer, text, start, table[match["word"]])
        rows = _called(gazetteer, rows, match["word"])
        if rows:
            found.append((match.start(), end, tuple(rows)))
    if found or label == "ZONE":
        return tuple(found)
    if label == "LOC":
        rows = [row for row in _rows(gazetteer, text) if gazetteer.level(row) in "pd"]
        return ((0, len(text), tuple(rows)),) if rows else ()
    head = _head().match(lowered)
    levels = load_toml("places")["head"][head["word"]] if head else "p"
    words = [match.start() for match in _WORD.finditer(text)]
    for start in words[1:][-_MOST_NAME_WORDS:]:
        rows = [row for row in _rows(gazetteer, text[start:]) if gazetteer.level(row) in levels]
        if rows and text[start].isupper():
            return ((start, len(text), tuple(rows)),)
    return ()


def _called(gazetteer: Gazetteer, rows: Sequence[int], word: str) -> list[int]:
    """Return the rows whose type the word names, of each division; all of its rows where there is none.

    `thị xã Kỳ Anh` is not the district of that name, but `huyện Thủy Nguyên` is the city that it has become.
    """
    kind = load_toml("places")["short"].get(word, word)
    found: list[int] = []
    for before in (True, False):
        division = [row for row in rows if gazetteer.is_before(row) == before]
        found += [row for row in division if gazetteer.kind(row) == kind] or division
    return found


def _rows(gazetteer: Gazetteer, name: str) -> tuple[int, ...]:
    if len(name) > 60:
        return ()
    return gazetteer.by_name.get(name_key(name), ())


def _longest_name(gazetteer: Gazetteer, text: str, start: int, levels: str) -> tuple[int, list[int]]:
    """Return the longest name at an offset that a unit of the levels has."""
    ends = [match.end() for match in _NAME_WORD.finditer(text, start, start + 60)][:_MOST_NAME_WORDS]
    for last in reversed(ends):
        rows = [row for row in _rows(gazetteer, text[start:last]) if gazetteer.level(row) in levels]
        if rows:
            return last, rows
    return start, []


def _context(gazetteer: Gazetteer, names: Sequence[_Name]) -> Counter[int]:
    """Return how often provinces and districts are named that only one unit of each division can be."""
    counts: Counter[int] = Counter()
    for name in names:
        best = _highest(gazetteer, name.rows)
        for before in (True, False):
            rows = [row for row in best if gazetteer.is_before(row) == before]
            if len(rows) == 1 and gazetteer.level(rows[0]) in "pd":
                counts[rows[0]] += 1
    return counts


def _highest(gazetteer: Gazetteer, rows: Sequence[int]) -> list[int]:
    """Return the rows of the highest level: a name without a level word means the province."""
    for level in "pdw":
        found = [row for row in rows if gazetteer.level(row) == level]
        if found:
            return found
    return []


def _fitting(
    gazetteer: Gazetteer, text: str, names: Sequence[_Name], index: int, context: Counter[int]
) -> tuple[list[int], str]:
    """Return the rows that fit best, and the rule: the place named after it, then the other places."""
    name = names[index]
    rows = list(name.rows)
    levels = {gazetteer.level(row) for row in rows}
    following = names[index + 1 : index + 4]
    chain: set[int] = set()
    position = name.end
    for other in following:
        if other.start - position > 12 or not _CHAIN_GAP.fullmatch(text, position, other.start):
            break
        chain.update(other.rows)
        position = other.end
    under = [row for row in rows if chain.intersection(gazetteer.parents(row))]
    if under:
        return under, "place-chain"
    if "p" in levels:
        return [row for row in rows if gazetteer.level(row) == "p"], "place-name"
    source = "place-name"
    for before in (True, False):
        division = [row for row in rows if gazetteer.is_before(row) == before]
        if len(division) > 1:
            named = [sum(context[above] > 0 for above in gazetteer.parents(row)) for row in division]
            most = max(named)
            dropped = {row for row, score in zip(division, named, strict=True) if score < most}
            rows = [row for row in rows if row not in dropped]
            source = "place-context" if dropped else source
    return rows, source


def _place(
    gazetteer: Gazetteer, name: _Name, rows: Sequence[int], present: bool, source: str
) -> Place | None:
    """Return the place in both divisions, the one in force first deciding the other."""
    before = [row for row in rows if gazetteer.is_before(row)]
    since = [row for row in rows if not gazetteer.is_before(row)]
    if len(before) == 1 and not (present and len(since) == 1):
        since = gazetteer.successors(before[0]) or since
        ambiguous = False
    elif len(since) == 1 and (present or not before):
        before = [row for row in before if since[0] in gazetteer.successors(row)]
        ambiguous = False
    else:
        ambiguous = len(before) > 1 or len(since) > 1
    if not before and not since:
        return None
    units = gazetteer.unit
    # Of candidates that stay open each is as likely as the others.
    score = name.mention.score / (max(len(before), len(since)) if ambiguous else 1)
    found = tuple(map(units, before)), tuple(map(units, since))
    return Place(name.mention, name.start, name.end, *found, ambiguous, source, score)
