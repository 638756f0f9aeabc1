"""Make the table of administrative units: ``python -m viet_report_ie.training.places --gazetteer FOLDER``."""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import viet_report_ie.lexicon
from viet_report_ie.facts.names import fold
from viet_report_ie.text.article import read

__all__ = ["make_table"]

HEADER = """\
# Administrative units of Viet Nam, before and since 1 July 2025: scheme and level, code, code of the parent,
# name, and of a unit before the units since that took it over.
# Codes and names derive from vietnamese-provinces-database, MIT License, Copyright (c) 2021 Thang Le Quoc,
# the successors from the address module of underthesea. Made by viet_report_ie.training.places.
"""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _key(name: str) -> str:
    return "".join(char for char in fold(read(name).text) if char.isalnum())


def _province(name: str) -> str:
    return _key(name).removeprefix("tỉnh").removeprefix("thànhphố")


def _mapping() -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """Return which communes took over a commune, by names; the package is not imported, its data are read."""
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("underthesea is not installed")
    path = Path(spec.origin).parent / "address" / "data" / "mapping.json"
    successors = defaultdict(set)
    for row in json.loads(path.read_text(encoding="utf-8"))["ward_mapping"]:
        before = (_province(row["old_province"]), _key(row["old_district"]), _key(row["old_ward"]))
        successors[before].add((_province(row["new_province"]), _key(row["new_ward"])))
    return successors


def make_table(before: Path, since: Path) -> str:
    """Return the text of the table.

    Parameters
    ----------
    before, since : Path
        The two files of units, tab-separated, with the columns level, code, parent_code, name and full_name.
    """
    old, new = _rows(before), _rows(since)
    old_by_code = {(row["level"], row["code"]): row for row in old}
    new_provinces = {row["code"]: _province(row["full_name"]) for row in new if row["level"] == "province"}
    new_codes = {
        (new_provinces[row["parent_code"]], _key(row["full_name"])): row["code"]
        for row in new
        if row["level"] == "ward"
    }
    province_of = {row["code"]: row["parent_code"] for row in new if row["level"] == "ward"}
    mapping = _mapping()
    successors: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in old:
        if row["level"] != "ward":
            continue
        district = old_by_code["district", row["parent_code"]]
        province = old_by_code["province", district["parent_code"]]
        names = (_province(province["full_name"]), _key(district["full_name"]), _key(row["full_name"]))
        for target in mapping.get(names, ()):
            if target in new_codes:
                code = new_codes[target]
                successors["ward", row["code"]].add(code)
                successors["district", district["code"]].add(code)
                successors["province", province["code"]].add(province_of[code])
    lines = []
    for scheme, rows in (("before", old), ("since", new)):
        for row in rows:
            after = " ".join(sorted(successors[row["level"], row["code"]])) if scheme == "before" else ""
            mark = scheme[0] + row["level"][0]
            lines.append(
                "\t".join((mark, row["code"], row["parent_code"], read(row["full_name"]).text, after))
            )
    return HEADER + "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gazetteer", type=Path, default=Path("../shared/gazetteer"), help="folder of the two files"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(viet_report_ie.lexicon.__file__).parent, help="folder to write to"
    )
    options = parser.parse_args(arguments)
    table = make_table(
        options.gazetteer / "admin_units_before_2025-07.tsv",
        options.gazetteer / "admin_units_since_2025-07.tsv",
    )
    (options.out / "places.tsv").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
