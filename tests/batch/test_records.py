"""Records: every article of a file, readable or not, and nothing raised."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viet_report_ie.batch.records import Layout, Record, read_records
from viet_report_ie.batch.sources import SUFFIXES

GOOD = '{"id": "a", "text": "Xã có 120 hộ nghèo.", "published": "2020-07-19"}'.encode()


def records(path: Path, data: bytes, layout: Layout | None = None) -> list[Record]:
    path.write_bytes(data)
    return list(read_records(str(path), layout or Layout(root=str(path.parent))))


def kinds(found: list[Record]) -> list[str]:
    return [record.problem.kind if record.problem else "" for record in found]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (GOOD, ""),
        (b"\xef\xbb\xbf" + GOOD, ""),
        (b'{"text": "x"', "broken"),
        (b'["x"]', "broken"),
        (b"[" * 100_000, "broken"),
        (b'{"id": "b"}', "no_text"),
        (b'{"id": "b", "text": 5}', "no_text"),
        (b'{"id": "b", "text": " \\n"}', "empty"),
        (b'{"text": "' + b"x" * 1001 + b'"}', "too_long"),
        (b'{"text": "T\xe1\xba n"}', "utf8"),
        (b"\x00\x01\xff\xfe" * 9, "not_text"),
        (b'{"text": "\\u0000\\u0001abc"}', "not_text"),
    ],
)
@pytest.mark.parametrize("gzipped", [False, True])
def test_a_line_is_an_article_or_a_problem(tmp_path: Path, line: bytes, kind: str, gzipped: bool) -> None:
    data = b"\n".join([GOOD, b"", line, GOOD]) + b"\n"
    name = "a.jsonl.gz" if gzipped else "a.jsonl"
    found = records(tmp_path / name, gzip.compress(data) if gzipped else data, Layout(max_characters=1000))
    assert kinds(found) == ["", kind, ""]
    assert [record.line for record in found] == [1, 3, 4]


@pytest.mark.parametrize("cut", [1, 5, 9, 40, 200])
def test_a_truncated_gzip_gives_what_it_holds_and_says_so(tmp_path: Path, cut: int) -> None:
    lines = [json.dumps({"id": n, "text": f"Xã {n * 7919} có {n} hộ."}) for n in range(300)]
    whole = gzip.compress("\n".join(lines).encode())
    found = records(tmp_path / "a.jsonl.gz", whole[:-cut])
    assert kinds(found)[-1] == "unreadable"
    assert {record.id for record in found[:-1]} <= {str(n) for n in range(300)}
    assert set(kinds(found)[:-1]) <= {""}
    assert len(found) > 200


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.parquet"])
def test_a_file_that_is_no_such_thing_is_one_problem(tmp_path: Path, name: str) -> None:
    assert kinds(records(tmp_path / name, b"this is none")) == ["unreadable"]


def test_a_file_that_is_gone_is_one_problem(tmp_path: Path) -> None:
    assert kinds(list(read_records(str(tmp_path / "none.txt"), Layout()))) == ["unreadable"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("Xã có 120 hộ.".encode(), ""),
        (b"", "empty"),
        (b"\xff\xd8\x00\x10", "not_text"),
        (b"T\xe1\xba n", "utf8"),
    ],
)
def test_a_text_file_is_one_article_named_by_its_path(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "2019").mkdir()
    (record,) = records(tmp_path / "2019" / "a.txt", data, Layout(root=str(tmp_path)))
    assert kinds([record]) == [kind]
    assert record.id == "2019/a"


def test_a_page_gives_its_text_and_day(tmp_path: Path) -> None:
    page = """<html><head><title>T</title><meta property="article:published_time" content="2020-07-19T08:00">
    </head><body><nav><a href=x>Menu</a></nav><h1>Tin</h1><p>Xã có <b>120</b> hộ&nbsp;nghèo.</p>
    <script>x</script></body>"""
    (record,) = records(tmp_path / "a.html", page.encode())
    assert (record.text, record.published) == ("Tin\nXã có 120 hộ\xa0nghèo.", date(2020, 7, 19))


def test_columns_have_the_names_that_are_asked_for(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"so": 1, "noi_dung": 'Một\n"dòng"', "ngay": "19/7/2020"},
        {"so": 2, "noi_dung": "Hai", "ngay": "?"},
    ]
    layout = Layout(text="noi_dung", id="so", published="ngay")
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["so", "noi_dung", "ngay"])
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name in ("a.csv", "a.parquet", "a.jsonl"):
        first, second = read_records(str(tmp_path / name), layout)
        assert (first.id, first.text, first.published, first.note) == (
            "1",
            'Một\n"dòng"',
            date(2020, 7, 19),
            "",
        )
        assert (second.id, second.text, second.published) == ("2", "Hai", None)
        assert "'?'" in second.note


def test_parquet_takes_times_nulls_and_bytes(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(["Xã có 12 hộ.".encode(), b"\xe1\xba", None], pa.binary()),
            "published": [datetime(2020, 7, 19, 8), None, None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = list(read_records(str(tmp_path / "a.parquet"), Layout()))
    assert kinds(found) == ["", "utf8", "no_text"]
    assert found[0].published == date(2020, 7, 19)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_the_column_is_one_problem_that_names_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text("id,body\n1,Xã\n", encoding="utf-8")
    pq.write_table(pa.table({"body": ["Xã"]}), tmp_path / "a.parquet")
    (record,) = read_records(str(tmp_path / name), Layout())
    assert record.problem is not None
    assert record.problem.kind == "no_text"
    assert "'body'" in record.problem.reason


def test_csv_goes_on_after_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    found = records(tmp_path / "a.csv", "id,text\n1,Một\n2,T".encode() + b"\xe1\xba n\n3,Ba\n")
    assert kinds(found) == ["", "utf8", ""]


def test_articles_without_id_are_named_by_their_content(tmp_path: Path) -> None:
    lines = b'{"text": "A"}\n{"id": "", "text": "A"}\n{"id": null, "text": "B"}\n{"id": 7, "text": "A"}\n'
    names = [record.name for record in records(tmp_path / "a.jsonl", lines)]
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("content:")
    assert names[3] == "7"


@given(data=st.binary(max_size=300), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_no_file_raises_and_reading_again_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    assert records(path, data) == records(path, data)
