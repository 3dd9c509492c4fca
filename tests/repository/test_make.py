"""make says in one sentence why this machine's Python can't be used, and changes nothing then."""

import subprocess
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT

OLD = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.9.2" && exit
exit 1
"""
"""It answers like a Python that is too old."""

WITHOUT_VENV = """#!/bin/sh
case "$2" in *ensurepip*) exit 1;; esac
"""
"""It answers like a Debian Python without its package for virtual environments."""


def refusal(python: Path, environment: Path) -> str:
    """The sentence `make install` refuses this Python with; make's own closing line left out."""
    done = subprocess.run(
        ["make", "install", f"PYTHON={python}", f"VENV={environment}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    sentence, closing = done.stderr.splitlines()
    assert closing.startswith("make")
    return sentence


@pytest.mark.parametrize(
    ("script", "reason"), [(OLD, "3.11 or newer"), (WITHOUT_VENV, "python3-venv")]
)
def test_a_python_that_cannot_serve_is_refused(tmp_path: Path, script: str, reason: str) -> None:
    python = tmp_path / "a python"
    python.write_text(script)
    python.chmod(0o755)

    assert reason in refusal(python, tmp_path / "venv")
    assert not (tmp_path / "venv").exists()


def test_a_python_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere" in refusal(tmp_path / "nowhere", tmp_path / "venv")
