"""Whole runs on one machine: against a plain loop, with poison, continued, refused."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.batch.samples import looped, read_table, read_tables, seeds, short_articles, write_jsonl
from viet_report_ie.batch.run import Interrupted, Settings, Summary, run_batch
from viet_report_ie.batch.tables import TABLES
from viet_report_ie.cli import app


def run(source: Path, out: Path, **options: Any) -> Summary:
    watched = {name: options.pop(name) for name in ("timeout", "watch") if name in options}
    return run_batch(Settings((str(source),), **options), out, processes=2, **watched)


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


def listed(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.glob("*/part-*")}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over seeds and short articles, with some that are no good, and a last file that is cut off."""
    folder = tmp_path_factory.mktemp("finished")
    source = folder / "in"
    source.mkdir()
    lines = [
        json.dumps(article, ensure_ascii=False).encode() for article in [*seeds()[:5], *short_articles(15)]
    ]
    nameless = json.dumps({"text": "Xã có 77 hộ."}).encode()
    bad = [b"{", b'{"id": "e", "text": ""}', lines[3], nameless, nameless]
    (source / "a.jsonl").write_bytes(b"\n".join(lines + bad))
    (source / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "z", "text": "12 USD"}\n' * 9)[:-9])
    (source / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    run(source, folder / "out", part_size=6)
    return folder


def test_a_worker_reads_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            started.append(self)
            super().__init__(*arguments, **options)

    monkeypatch.setattr("viet_report_ie.batch.worker.subprocess.Popen", Counted)
    summary = run(write_jsonl(tmp_path / "in.jsonl", short_articles(12)), tmp_path / "out", part_size=2)
    assert summary.parts == 6
    assert 1 <= len(started) <= 2


def test_tables_equal_a_plain_loop(finished: Path) -> None:
    expected = looped([*seeds()[:5], *short_articles(15)])
    tables = read_tables(finished / "out")
    for table, rows in expected.items():
        given = [row for row in tables[table] if row["article"] != "z" and ":" not in row["article"]]
        assert given == rows
        assert rows or table == "findings"


def test_every_article_is_there_once_as_report_or_error(finished: Path) -> None:
    out = finished / "out"
    articles, errors = read_table(out, "articles"), read_table(out, "errors")
    places = [(row["file"].rpartition("/")[2], row["line"]) for row in articles + errors]
    assert len(set(places)) == len(places)
    assert {place for place in places if place[0] == "a.jsonl"} == {
        ("a.jsonl", line) for line in range(1, 26)
    }
    kinds = {row["line"]: row["kind"] for row in errors if row["file"].endswith("a.jsonl")}
    assert kinds == {21: "broken", 22: "empty", 23: "duplicate", 25: "duplicate"}
    assert Counter(row["kind"] for row in errors)["unreadable"] == 1
    assert [row["kind"] for row in errors if row["article"] == "c"] == ["not_text"]
    assert [row["id_given"] for row in articles if row["article"].startswith("content:")] == [False]


def test_the_summary_counts_and_the_log_lists(finished: Path) -> None:
    out = finished / "out"
    summary = json.loads((out / "summary.json").read_bytes())
    assert summary["articles"] == summary["reports"] + sum(summary["errors"].values())
    assert summary["missing_ids"] == 1
    assert summary["rows"] == {table: len(rows) for table, rows in read_tables(out).items()}
    log = (out / "errors.log").read_text(encoding="utf-8").splitlines()
    assert len(log) == summary["rows"]["errors"]
    assert f"{finished}/in/a.jsonl:21: broken: not JSON" in log[0]


def test_a_finished_run_reads_nothing_again(finished: Path) -> None:
    before = listed(finished / "out")
    summary = run(finished / "in", finished / "out", part_size=6)
    assert summary.read_now == 0
    assert listed(finished / "out") == before


@pytest.mark.parametrize(
    "changed", [{"format": "jsonl"}, {"limit": 5}, {"with_text": True}, {"part_size": 7}]
)
def test_other_settings_are_refused(finished: Path, changed: dict[str, Any]) -> None:
    before = listed(finished / "out")
    with pytest.raises(ValueError, match="other settings"):
        run(finished / "in", finished / "out", **{"part_size": 6, **changed})
    assert listed(finished / "out") == before


def test_lost_and_cut_files_are_made_again(finished: Path) -> None:
    out = finished / "out"
    before = read_tables(out)
    parts = sorted((out / "entities").iterdir())
    parts[0].unlink()
    parts[1].write_bytes(parts[1].read_bytes()[:100])
    (out / "zones" / "part-99999-0123456789ab.parquet").write_bytes(b"left behind")
    assert run(finished / "in", out, part_size=6).read_now == 12
    assert read_tables(out) == before


def test_a_source_that_grew_costs_its_new_parts_only(tmp_path: Path) -> None:
    articles = short_articles(9)
    source = write_jsonl(tmp_path / "a.jsonl", articles[:6])
    run(source, tmp_path / "out", part_size=3)
    before = listed(tmp_path / "out")
    write_jsonl(source, articles)
    assert run(source, tmp_path / "out", part_size=3).read_now == 3
    after = listed(tmp_path / "out")
    assert {name: after[name] for name in before} == before
    assert len(read_table(tmp_path / "out", "articles")) == 9


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out" / "articles").mkdir(parents=True)
    (tmp_path / "out" / "articles" / "mine.parquet").write_bytes(b"mine")
    source = write_jsonl(tmp_path / "a.jsonl", short_articles(1))
    with pytest.raises(ValueError, match="another origin"):
        run(source, tmp_path / "out")
    assert (tmp_path / "out" / "articles" / "mine.parquet").read_bytes() == b"mine"


def test_poison_costs_two_hundred_good_articles_nothing(tmp_path: Path) -> None:
    good = short_articles(200)
    source = tmp_path / "in"
    source.mkdir()
    slow = {"id": "slow", "text": good[0]["text"] * 9_000}
    poison = [
        b'{"id": "raises", "text": "X\\ud800"}',
        json.dumps(slow).encode(),
        json.dumps({"id": "long", "text": "Tin " * 5_000_000}).encode(),
        bytes(byte for byte in range(256) if byte != 10) * 40,
        b'{"id": "utf8", "text": "T\xe1\xba n"}',
        b'{"id": "empty", "text": "\\n"}',
    ]
    lines = [json.dumps(article).encode() for article in good]
    for place, line in zip((0, 35, 70, 105, 140, 205), poison, strict=True):
        lines.insert(place, line)
    (source / "a.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    out = tmp_path / "out"
    summary = run(source, out, timeout=5)
    assert summary.reports == 200
    assert [row["article"] for row in read_table(out, "articles")] == [article["id"] for article in good]
    errors = {row["article"]: row["kind"] for row in read_table(out, "errors") if row["article"]}
    assert errors == {"raises": "failed", "slow": "timeout", "long": "too_long", "empty": "empty"}
    assert summary.errors == dict.fromkeys(("empty", "failed", "not_text", "timeout", "too_long", "utf8"), 1)


def test_a_full_disk_stops_the_run_and_the_same_command_continues(tmp_path: Path) -> None:
    # A limit on the size of a file fails a write in the midst, as a full disk does.
    source = write_jsonl(tmp_path / "a.jsonl", [*short_articles(8), *seeds()[:4], *short_articles(16)[8:]])
    out = tmp_path / "out"
    script = """
import resource, sys
from viet_report_ie.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, resource.RLIM_INFINITY))
main()
"""
    arguments = ["batch", str(source), "--out", str(out), "--part-size", "4", "--processes", "1"]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "The same command continues" in done.stderr
    whole = {path.name for path in (out / "articles").glob("part-*")}
    assert 0 < len(whole) < 5
    assert not [path for path in out.glob("*/.*") if path.is_file()]
    summary = run(source, out, part_size=4)
    assert summary.articles == summary.reports == 20
    assert len({row["article"] for row in read_table(out, "articles")}) == 20


def test_a_worker_that_cannot_start_makes_no_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", short_articles(3))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Interrupted, match="before it was ready"):
        run(source, tmp_path / "out")
    assert not listed(tmp_path / "out")


def test_the_command_prints_a_summary_and_writes_what_is_asked_for(tmp_path: Path) -> None:
    texts = tmp_path / "tin"
    texts.mkdir()
    for article in seeds()[:3]:
        (texts / f"{article['id']}.txt").write_text(article["text"], encoding="utf-8")
    out = tmp_path / "out"
    options = ["--only", "measurements", "--format", "jsonl", "--limit", "2", "--processes", "1"]
    result = command(texts, "--out", out, *options)
    assert result.exit_code == 0, result.output
    assert "2 articles in" in result.output
    assert {path.name for path in out.iterdir() if path.name in TABLES} == {
        "articles",
        "errors",
        "measurements",
    }
    assert [row["article"] for row in read_table(out, "articles")] == [
        article["id"] for article in seeds()[:2]
    ]
    assert len(read_table(out, "measurements")) == len(looped(seeds()[:2])["measurements"]) > 0


@pytest.mark.parametrize(
    "wrong", [["none.jsonl"], ["--runner", "spark"], ["--sample", "2"], ["--only", "errors"]]
)
def test_wrong_arguments_exit_with_2(tmp_path: Path, wrong: list[str]) -> None:
    source = [] if wrong[0] == "none.jsonl" else [write_jsonl(tmp_path / "a.jsonl", short_articles(1))]
    assert command(*source, *wrong, "--out", tmp_path / "out").exit_code == 2
