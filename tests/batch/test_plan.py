"""The plan: each article in one part, the same each time, and named by what is in it."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.batch.samples import short_articles, write_jsonl
from viet_report_ie.batch.plan import Part, make_parts, scan
from viet_report_ie.batch.records import Layout


def plan(files: list[Path], size: int, *, limit: int | None = None, sample: float = 1.0) -> list[Part]:
    return list(make_parts(scan([str(file) for file in files], Layout(), limit=limit, sample=sample), size))


def places(parts: list[Part]) -> list[tuple[str, int]]:
    return [
        (path, position)
        for part in parts
        for path, ranges in part.files
        for start, stop in ranges
        for position in range(start, stop)
    ]


def test_parts_run_on_over_the_ends_of_files(tmp_path: Path) -> None:
    articles = short_articles(7)
    files = [write_jsonl(tmp_path / "a.jsonl", articles[:3]), write_jsonl(tmp_path / "b.jsonl", articles[3:])]
    parts = plan(files, 5)
    assert [part.articles for part in parts] == [5, 2]
    assert parts[0].files == [(str(files[0]), [(0, 3)]), (str(files[1]), [(0, 2)])]
    assert places(parts) == [(str(files[0]), n) for n in range(3)] + [(str(files[1]), n) for n in range(4)]
    assert [Part.from_dict(json.loads(json.dumps(part.to_dict()))) for part in parts] == parts


@given(ids=st.lists(st.sampled_from(["a", "b", "c", None]), max_size=12), size=st.integers(1, 5))
def test_every_later_article_with_an_id_repeats_the_first(
    tmp_path_factory: object, ids: list[str | None], size: int
) -> None:
    path = Path(tmp_path_factory.getbasetemp(), "ids.jsonl")  # type: ignore[attr-defined]
    write_jsonl(path, ({"id": id, "text": "Xã có 12 hộ."} for id in ids))
    parts = plan([path], size)
    assert places(parts) == [(str(path), number) for number in range(len(ids))]
    repeats = {
        index * size + number: first
        for index, part in enumerate(parts)
        for number, first in part.repeats.items()
    }
    expected = {n: f"{path}:{ids.index(id) + 1}" for n, id in enumerate(ids) if ids.index(id) < n}
    assert repeats == expected


def test_what_cannot_be_read_repeats_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": ""}\nx\nx\n{"id": "a", "text": "Xã có 12 hộ."}\n', encoding="utf-8")
    assert [part.repeats for part in plan([path], 9)] == [{}]


def test_a_change_changes_the_name_of_its_part_only(tmp_path: Path) -> None:
    articles = short_articles(30)
    before = [part.name for part in plan([write_jsonl(tmp_path / "a.jsonl", articles)], 10)]
    articles[14]["text"] += " Hết."
    after = [part.name for part in plan([write_jsonl(tmp_path / "a.jsonl", articles)], 10)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_limit_takes_the_first_and_sample_the_same_ones_each_time(tmp_path: Path) -> None:
    articles = short_articles(400)
    path = write_jsonl(tmp_path / "a.jsonl", articles)
    assert places(plan([path], 100, limit=7)) == [(str(path), number) for number in range(7)]
    taken = {articles[number]["id"] for _, number in places(plan([path], 100, sample=0.25))}
    assert 60 < len(taken) < 140
    shuffled = write_jsonl(tmp_path / "b.jsonl", reversed(articles))
    assert {articles[-1 - number]["id"] for _, number in places(plan([shuffled], 9, sample=0.25))} == taken
