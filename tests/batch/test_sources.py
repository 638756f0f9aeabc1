"""Which files a source names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from viet_report_ie.batch.sources import find_files, open_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "bao/2020/b.txt",
        "bao/2019/a.html",
        "bao/c.jsonl.gz",
        "bao/d.jpg",
        "bao/.e.txt",
        "bao/out/x.parquet",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (["bao"], ["bao/2019/a.html", "bao/2020/b.txt", "bao/c.jsonl.gz"]),
        (["bao/"], ["bao/2019/a.html", "bao/2020/b.txt", "bao/c.jsonl.gz"]),
        (["bao/20*/*"], ["bao/2019/a.html", "bao/2020/b.txt"]),
        (["bao/**/*.txt"], ["bao/2020/b.txt"]),
        (["bao/c.jsonl.gz", "bao"], ["bao/c.jsonl.gz", "bao/2019/a.html", "bao/2020/b.txt"]),
        (["file://{}/bao/20*/*.txt"], ["file://{}/bao/2020/b.txt"]),
        (["s3://bucket/2019.jsonl"], ["s3://bucket/2019.jsonl"]),
    ],
)
def test_files_are_found_in_order_and_once(folder: Path, sources: list[str], found: list[str]) -> None:
    given = [source.format(folder) for source in sources]
    assert find_files(given, without=folder / "bao/out") == [path.format(folder) for path in found]


@pytest.mark.parametrize("source", ["bao/d.jpg", "none", "bao/*.csv"])
def test_a_source_without_files_is_refused(folder: Path, source: str) -> None:
    with pytest.raises(ValueError, match="no file found"):
        find_files([source])


def test_the_engine_opens_urls_as_python_opens_files(tmp_path: Path) -> None:
    data = os.urandom(3_000_000) + b"\nlast"
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    with open_file(f"file://{path}") as stream:
        assert stream.read(10) == data[:10]
        stream.seek(-4, os.SEEK_END)
        assert stream.read() == b"last"
        stream.seek(5)
        assert stream.read() == data[5:]
