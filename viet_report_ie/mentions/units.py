"""Units of measure: their names in the text, their normal form, and exact conversion."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

import regex

from viet_report_ie.lexicon import load_toml
from viet_report_ie.mentions.number_literals import plain

__all__ = [
    "CODES",
    "CODE_NAMES",
    "RARE_CODES",
    "Unit",
    "convert",
    "openings",
    "read_token_phrase",
    "read_unit",
    "unit_named",
]

_DATA = "units"
CODE_NAMES = ("VND", "VNĐ", "USD", "EUR", "GBP", "JPY", "CNY", "US$", *"$€£¥₫₩")
CODES = "|".join(map(regex.escape, CODE_NAMES))
"""Codes and signs of money that may stand before the number."""
RARE_CODES = r"AUD|CAD|CHF|HKD|KRW|NZD|RMB|SGD|THB|TWD|(?:AU|HK|[ACS])\$"
"""The same, looked for only where the text is one quantity: each of them slows the search in an article."""
_TOKEN = regex.compile(
    r" ?((?:US|AU|HK|[ACS])?\$|[%‰％€£¥₫₩₹℃℉]|[°º] ?[CF]?(?!\p{L})"
    r"|\p{L}{1,12}+(?:[23²³](?!\d))?+(?:[-/](?=[a-zđ])\p{L}{1,8}(?!\p{L})(?:[23²³](?!\d))?+)*)"
)
_NAME_PART = regex.compile(r"[-'’]\p{L}")
_PLAIN = regex.compile(r" ?(\p{L}{1,12}+(?:[23²³](?!\d))?+)")


@dataclass(frozen=True)
class Unit:
    """One unit: its normal form, its dimension, and how it turns into the base unit of the dimension."""

    symbol: str
    dimension: str
    factor: Fraction | None
    offset: Fraction = Fraction(0)

    @property
    def is_money(self) -> bool:
        """Tell whether this is a currency."""
        return self.dimension.startswith("money")

    @property
    def is_duration(self) -> bool:
        """Tell whether this measures a stretch of time or an age."""
        return self.dimension in ("time", "calendar", "age")


@cache
def _units() -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    """Return the units by symbol, by name as written and by name in lower case."""
    by_symbol: dict[str, Unit] = {}
    exact: dict[str, Unit] = {}
    lower: dict[str, Unit] = {}
    for dimension, table in load_toml(_DATA).items():
        for symbol, entry in table.get("units", {}).items():
            factor = Fraction(entry["factor"]) if "factor" in entry else None
            unit = Unit(symbol, dimension, factor, Fraction(entry.get("offset", "0")))
            by_symbol[symbol] = unit
            for name in entry["names"]:
                exact[name] = unit
                if len(name) > 1:
                    lower.setdefault(name.lower(), unit)
    return by_symbol, exact, lower


def unit_named(name: str) -> Unit | None:
    """Return the unit that the text may call by this name."""
    _, exact, lower = _units()
    unit = exact.get(name) or lower.get(name.lower())
    return lower.get(name.lower().replace("-", " ")) if unit is None and "-" in name else unit


def unit_of_symbol(symbol: str) -> Unit | None:
    """Return the unit with this normal form, or with this name."""
    return _units()[0].get(symbol) or unit_named(symbol)


@cache
def _openings() -> frozenset[str]:
    _, exact, lower = _units()
    return openings(name.lower().replace("-", " ") for name in (*exact, *lower))


def openings(phrases: Iterable[str]) -> frozenset[str]:
    """Return what phrases begin with: all their syllables but the last, all but the last two, and so on."""
    return frozenset(phrase[:at] for phrase in phrases for at, sign in enumerate(phrase) if sign == " ")


def read_token_phrase(
    text: str, pos: int, most: int = 4, longer: Container[str] | None = None
) -> list[tuple[str, int]]:
    """Return the phrases of one to `most` syllables that start at `pos`, each with its end, longest last.

    With `longer`, a phrase is followed by a longer one only if that has it in lower case.
    """
    phrases: list[tuple[str, int]] = []
    phrase, end = "", pos
    for _ in range(most):
        match = _PLAIN.match(text, end)
        if match is None or (phrase and match.start(1) == end):
            break
        end = match.end()
        phrase = f"{phrase} {match.group(1)}" if phrase else match.group(1)
        phrases.append((phrase, end))
        if longer is not None and phrase.lower() not in longer:
            break
    return phrases


def read_unit(text: str, pos: int) -> tuple[Unit, int] | None:
    """Read the longest unit name that starts at `pos`, after at most one space."""
    best: tuple[Unit, int] | None = None
    phrase, end = "", pos
    for count in range(5):
        match = _TOKEN.match(text, end)
        if match is None or (count and match.start(1) == end):
            break
        end = match.end()
        token = match.group(1)
        phrase = f"{phrase} {token}" if phrase else token
        unit = unit_named(phrase)
        if unit is None and "/" in token:
            head = token.split("/")[0]
            whole = f"{phrase[: len(phrase) - len(token)]}{head}"
            unit = unit_named(whole)
            if unit is not None:
                return unit, end - len(token) + len(head)
        if unit is not None and not (len(token) == 1 and _NAME_PART.match(text, end)):
            best = unit, end
        if "/" in token or phrase.lower().replace("-", " ") not in _openings():
            break
    return best


def _parts(unit: str) -> list[str]:
    """Split a rate at its `/`; a unit such as `km/h` is one part."""
    return [unit] if unit_of_symbol(unit) is not None else unit.split("/")


def convert(value: Decimal, unit: str, to_unit: str) -> Decimal:
    """Convert `value` exactly; `ValueError` where the units do not measure the same thing.

    Examples
    --------
    >>> convert(Decimal("2.5"), "km2", "ha"), convert(Decimal(60), "tạ/ha", "tấn/ha")
    (Decimal('250'), Decimal('6'))
    """
    old_parts, new_parts = _parts(unit), _parts(to_unit)
    problem = ValueError(f"cannot convert {unit!r} to {to_unit!r}: they do not measure the same thing")
    if len(old_parts) != len(new_parts):
        raise problem
    result = Fraction(value)
    for place, (old_name, new_name) in enumerate(zip(old_parts, new_parts, strict=True)):
        if old_name == new_name:
            continue
        old, new = unit_of_symbol(old_name), unit_of_symbol(new_name)
        if old is None or new is None or old.dimension != new.dimension or not old.factor or not new.factor:
            raise problem
        if place:
            result = result * new.factor / old.factor
        else:
            result = (result * old.factor + old.offset - new.offset) / new.factor
    return plain(Decimal(result.numerator) / Decimal(result.denominator))
