"""The administrative units of Viet Nam, found by name, before and since the reform of 1 July 2025."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from viet_report_ie.facts.model import Unit
from viet_report_ie.facts.names import fold
from viet_report_ie.lexicon import load_toml, load_tsv

__all__ = ["Gazetteer", "load_gazetteer", "name_key"]

_LEVELS = {"p": "province", "d": "district", "w": "ward"}
_TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


@cache
def _aliases() -> dict[str, str]:
    return {_letters(fold(one)): _letters(fold(other)) for one, other in load_toml("places")["alias"].items()}


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return the form in which the spellings of one name are equal.

    Examples
    --------
    >>> name_key("Thừa Thiên - Huế") == name_key("Huế"), name_key("Đắc Lắc") == name_key("Đắk Lắk")
    (True, True)
    """
    key = _letters(fold(name))
    return _aliases().get(key, key)


def _kind(name: str) -> str:
    lowered = name.lower()
    return next((word for word in _TYPES if lowered.startswith(word + " ")), "")


class Gazetteer:
    """Units as rows of the table; a row is known by its number."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        self.rows = tuple(rows)
        self.by_name: dict[str, tuple[int, ...]] = {}
        self._by_code: dict[tuple[str, str], int] = {}
        for number, (mark, code, _, name, _) in enumerate(self.rows):
            key = _letters(fold(name[len(_kind(name)) :]))
            self.by_name[key] = (*self.by_name.get(key, ()), number)
            self._by_code[mark, code] = number

    def level(self, number: int) -> str:
        """Return the letter of the level: p, d or w."""
        return self.rows[number][0][1]

    def is_before(self, number: int) -> bool:
        """Tell whether the unit belongs to the division before the reform."""
        return self.rows[number][0][0] == "b"

    def kind(self, number: int) -> str:
        """Return the word for the type of the unit (`thị xã`)."""
        return _kind(self.rows[number][3])

    def parents(self, number: int) -> list[int]:
        """Return the rows of the units above, the next first."""
        found = []
        mark, _, parent, _, _ = self.rows[number]
        while parent:
            above = {"bw": "bd", "bd": "bp", "sw": "sp"}[mark]
            number = self._by_code[above, parent]
            found.append(number)
            mark, _, parent, _, _ = self.rows[number]
        return found

    def successors(self, number: int) -> list[int]:
        """Return the rows of the units that took over a unit of before."""
        mark, _, _, _, codes = self.rows[number]
        if mark[0] == "s":
            return []
        target = "sp" if mark == "bp" else "sw"
        return [self._by_code[target, code] for code in codes.split()]

    def unit(self, number: int) -> Unit:
        """Return the unit of a row."""
        mark, code, parent, name, _ = self.rows[number]
        return Unit(code, _LEVELS[mark[1]], name, parent)


@cache
def load_gazetteer() -> Gazetteer:
    """Return the shipped table, read once."""
    return Gazetteer(load_tsv("places"))
