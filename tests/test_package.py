"""An ordinary install carries everything that `extract` needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = """
import viet_report_ie, viet_report_ie.models
report = viet_report_ie.extract("Bí thư Tỉnh ủy Lê Văn An thăm KCN Tràng Duệ; năm 2020 thu 9,6 tỷ USD.")
assert {entity.label for entity in report.entities} >= {"PERSON", "TITLE", "ORG", "ZONE", "DATE", "QUANTITY"}
assert viet_report_ie.load()("Năm 2020.").ents
print(viet_report_ie.__file__, viet_report_ie.models.__file__)
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_a_built_wheel_extracts(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert all(Path(path).is_relative_to(unpacked) for path in done.stdout.split())


def test_the_models_are_small(unpacked: Path) -> None:
    models = list((unpacked / "viet_report_ie" / "models").rglob("*"))
    assert 0 < sum(path.stat().st_size for path in models if path.is_file()) < 30_000_000
