"""The page as a text: self-contained, escaped, small."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.view.reports import SEEDS, gold, golds, with_finding
from viet_report_ie import Report, extract
from viet_report_ie.cli import app
from viet_report_ie.view import render

EVIL = (
    '</p><script>document.title="owned"</script><img src=x onerror="document.title=1"> có 12 huyện & "nháy"'
)


def test_the_page_is_small_and_asks_for_nothing() -> None:
    page = render([gold()])
    assert len(page.encode()) < 1_000_000
    assert not re.search(r"""(?:src|href)=["'](?!#|data:,)""", page)
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("place", ["text", "id"])
def test_markup_of_an_article_is_text(place: str) -> None:
    report = extract(EVIL) if place == "text" else extract("Có 12 huyện.", id=EVIL)
    page = render([report])
    assert page.count("<script") == 3
    assert page.count("</script>") == 3
    assert "<img" not in page


def test_markup_of_facts_is_text() -> None:
    data = gold().to_dict()
    data["officials"][0]["name"] = data["zones"][0]["name"] = data["resolutions"][0]["number"] = EVIL
    data["findings"] = [{"kind": "x", "message": EVIL, "measurements": [], "mentions": []}]
    data["measurements"][0]["indicator"]["text"] = EVIL
    page = render([Report.from_dict(data)])
    assert page.count("<script") == 3
    assert "<img" not in page


def test_the_browser_runs_the_script_of_the_page_alone() -> None:
    page = render([gold()])
    script = page.rsplit("<script>", 1)[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page


def test_every_label_has_words_in_both_languages() -> None:
    page = render([with_finding(report) for report in golds().values()])
    words = json.loads(page.split('id="words">')[1].split("</script>")[0])
    used = set(re.findall(r'data-t(?:-label|-placeholder)?="([^"]+)"', page))
    assert used <= words.keys()
    assert all(len(pair) == 2 and all(pair) for pair in words.values())


def test_languages_differ_in_labels_alone() -> None:
    assert '<html lang="en">' in render([gold()], language="en")
    assert ">Officials<" in gold().to_html(language="en")
    assert ">Nhân sự<" in gold().to_html()


def test_several_articles_have_an_index() -> None:
    page = render(list(golds().values()))
    assert page.count('<main id="a') == len(golds())
    assert all(f'href="#a{number}"' in page for number in range(1, len(golds()) + 1))
    assert 'id="index"' not in render([gold()])


def test_an_empty_article_has_a_page() -> None:
    assert "Không có gì." in render([extract("")])


def test_notebooks_show_a_frame() -> None:
    frame = gold()._repr_html_()
    assert frame.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert 'sandbox="allow-scripts"' in frame
    assert frame.count("<") == 2


@pytest.mark.parametrize(
    ("reports", "language", "message"), [([], "vi", "reports"), ([gold()], "fr", "language")]
)
def test_wrong_arguments_are_named(reports: list[Report], language: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        render(reports, language=language)


def run(*arguments: str | Path) -> int:
    return CliRunner().invoke(app, [str(argument) for argument in arguments]).exit_code


def test_view_reads_articles_reports_and_annotations(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(extract("Tỉnh có 12 huyện.", id="one").to_json(), encoding="utf-8")
    out = tmp_path / "page.html"
    assert run("view", SEEDS / "ngan_sach.txt", report, SEEDS / "seeds.jsonl", "--out", out) == 0
    page = out.read_text(encoding="utf-8")
    assert page.count('<main id="a') == len(golds()) + 2
    assert "<h1>ngan_sach</h1>" in page
    assert "<h1>one</h1>" in page


@pytest.mark.parametrize("name", ["brat", "gold.spacy", "gold.json", "gold.jsonl", "gold.conll"])
def test_view_reads_every_corpus_format(name: str, tmp_path: Path) -> None:
    assert run("convert", SEEDS / "seeds.jsonl", tmp_path / name) == 0
    assert run("view", tmp_path / name, "--out", tmp_path / "page.html") == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('<main id="a') == len(golds())
    assert page.count('class="m PERSON"') == sum(
        entity.label == "PERSON" for report in golds().values() for entity in report.entities
    )


def test_view_names_what_it_cannot_read(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\x00")
    result = CliRunner().invoke(app, ["view", str(bad), "--out", str(tmp_path / "page.html")])
    assert result.exit_code == 2
    assert "bad.txt" in result.stderr
    assert run("view", SEEDS / "ngan_sach.txt", "--language", "fr", "--out", tmp_path / "page.html") == 2
