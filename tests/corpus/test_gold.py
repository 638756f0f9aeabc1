"""Reading of JSONL files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from viet_report_ie.corpus.gold import read_jsonl


def test_plain_and_gzip_give_the_same(tmp_path: Path) -> None:
    text = '{"id": "một"}\n\n{"id": "hai"}\n'
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    assert [item["id"] for item in read_jsonl(tmp_path / "a.jsonl")] == ["một", "hai"]
    assert list(read_jsonl(tmp_path / "a.jsonl.gz")) == list(read_jsonl(tmp_path / "a.jsonl"))


@pytest.mark.parametrize("line", ["{", "[1]"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n' + line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl, line 2"):
        list(read_jsonl(path))
