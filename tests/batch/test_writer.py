"""Files of a part: whole or not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.batch.samples import read_tables
from viet_report_ie import extract
from viet_report_ie.batch.records import Record
from viet_report_ie.batch.tables import TABLES, Rows, report_rows, versions
from viet_report_ie.batch.writer import PartWriter, write_whole

TEXT = (
    "Bí thư Tỉnh ủy Lê Văn An thăm KCN Tràng Duệ, huyện An Dương (Hải Phòng); năm 2020 thu hút 9,6 tỷ USD "
    "theo Nghị quyết số 45-NQ/TW."
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for table in TABLES:
        (tmp_path / table).mkdir()
    return tmp_path


def rows() -> Rows:
    record = Record(3, "a", TEXT, None, "", None, b"")
    return report_rows(extract(TEXT, id="a"), record, "a.jsonl", with_text=True)


@pytest.mark.parametrize("format", ["parquet", "jsonl"])
def test_nothing_is_seen_before_the_commit(out: Path, format: str) -> None:
    writer = PartWriter(out, "part-0", TABLES, format)
    writer.add(rows())
    assert not list(out.glob(f"*/*.{format}")) or all(path.name.startswith(".") for path in out.glob("*/*"))
    sizes = writer.commit()
    assert {path.relative_to(out).as_posix(): path.stat().st_size for path in out.glob("*/*")} == sizes
    assert {Path(name).name for name in sizes} == {f"part-0.{format}"}
    assert list(sizes)[-1].startswith("articles/")


def test_both_formats_hold_the_same_rows(out: Path) -> None:
    tables = []
    for format in ("parquet", "jsonl"):
        folder = out / format
        for table in TABLES:
            (folder / table).mkdir(parents=True)
        writer = PartWriter(folder, "part-0", TABLES, format)
        writer.add(rows())
        writer.commit()
        tables.append(read_tables(folder))
    as_json = [
        {
            table: [{k: None if v is None else str(v) for k, v in row.items()} for row in rows]
            for table, rows in t.items()
        }
        for t in tables
    ]
    assert as_json[0] == as_json[1]
    assert all(
        tables[0][table]
        for table in ("entities", "officials", "zones", "resolutions", "measurements", "places")
    )
    assert tables[0]["articles"][0]["text"] == TEXT


def test_versions_stand_in_every_row_and_file(out: Path) -> None:
    writer = PartWriter(out, "part-0", TABLES, "parquet")
    writer.add(rows())
    writer.commit()
    names = ("package_version", "schema_version", "model_version")
    for table, found in read_tables(out).items():
        assert all(tuple(row[name] for name in names) == versions() for row in found)
        metadata = pq.ParquetFile(out / table / "part-0.parquet").schema_arrow.metadata
        assert tuple(metadata[name.encode()].decode() for name in names) == versions()


def test_an_abort_leaves_nothing(out: Path) -> None:
    writer = PartWriter(out, "part-0", TABLES, "parquet")
    writer.add(rows())
    writer.abort()
    assert not list(out.glob("*/*"))


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_whole(path, b"old")
    script = """
import resource, sys
from pathlib import Path
from viet_report_ie.batch.writer import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_whole(Path(sys.argv[1]), b"x" * 5000)
"""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True)
    assert "OSError" in done.stderr
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("state.json", b"old")]
