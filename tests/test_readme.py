"""What README.md shows is what the library does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from viet_report_ie.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SEED = ROOT / "seeds" / "dai_hoi_kkt_hai_phong.txt"
(CODE,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHOWN = re.findall(r"^(\S.*?) +# (['\dD(\[d].*)$", CODE, re.MULTILINE)


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    scope: dict[str, Any] = {"article": SEED.read_text(encoding="utf-8")}
    exec(CODE, scope)
    return scope


@pytest.mark.parametrize(("expression", "value"), SHOWN, ids=[expression for expression, _ in SHOWN])
def test_the_api_returns_what_is_shown(names: dict[str, Any], expression: str, value: str) -> None:
    assert repr(eval(expression, names)) == value


def test_the_shown_output_is_real() -> None:
    (shown,) = re.findall(r"\$ viet-report-ie extract (?:\S+)\n(.*?)```", README, re.DOTALL)
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["extract", str(SEED), "--color", "never"])
    printed = "\n".join(line.rstrip() for line in result.stdout.splitlines())
    parts = [part.strip("\n") for part in shown.split("…\n")]
    assert all(part in printed for part in parts)
    assert sum(map(len, parts)) > 1000
