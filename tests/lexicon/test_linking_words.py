"""The words of the linker: every example marks a word of its own table."""

from __future__ import annotations

import re

import pytest

from viet_report_ie.facts.linker import load_groups, load_parts
from viet_report_ie.lexicon import load_toml

TABLES = [(name, table) for name in ("triggers", "findings") for table in load_toml(name)]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_examples(name: str, table: str) -> None:
    entry = load_toml(name)[table]
    marked = [match for example in entry["examples"] for match in re.findall(r"\[([^\]]+)\]", example)]
    assert marked
    assert {word.lower() for word in marked} <= set(entry["words"])


@pytest.mark.parametrize("table", ["never_first", "never_last"])
def test_examples_of_edges(table: str) -> None:
    entry = load_toml("linking")[table]
    marked = [match for example in entry["examples"] for match in re.findall(r"\[([^\]]+)\]", example)]
    assert set(marked) <= set(entry["words"])


def test_examples_of_number_words() -> None:
    entry = load_toml("linking")["number_words"]
    for example in entry["examples"]:
        number = re.findall(r"\[([^\]]+)\]", example)[0]
        assert all(word in entry["words"] or word[0].isdigit() for word in number.split(" "))


def test_words_are_lower_case_and_unique() -> None:
    for name in ("triggers", "findings", "linking"):
        for entry in load_toml(name).values():
            assert all(word == word.lower() for word in entry["words"])
            assert len(entry["words"]) == len(set(entry["words"]))


def test_parts_and_groups() -> None:
    parts, count = load_parts()
    groups, last = load_groups()
    assert parts["của"] <= 3, "prepositions come first: no phrase begins or ends with one"
    assert parts["hợp tác xã"] > 3
    assert set(parts.values()) == set(range(1, count + 1))
    assert max(groups.values()) == last
    assert groups["tăng"] == groups["giảm"]
