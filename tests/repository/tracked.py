"""The files of the repository, as git sees them: those tracked and those about to be."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*patterns: str) -> list[Path]:
    """The files that match git's patterns, or all; ignored ones left out."""
    anyones = (
        "-c",
        "safe.directory=*",
    )  # the folder may belong to another user than runs the tests
    which = ("--cached", "--others", "--exclude-standard")
    listed = subprocess.run(
        ["git", *anyones, "ls-files", "-z", *which, "--", *patterns],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())
