"""The fixture that the doctor's tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.patients import Patient


@pytest.fixture
def patient(migrated_file: Path, tmp_path: Path) -> Patient:
    file = Path(shutil.copy(migrated_file, tmp_path / "outpost.sqlite3"))
    return Patient(tmp_path, file)
