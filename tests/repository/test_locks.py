"""The lock files fix versions and hashes, and say nothing of where packages are fetched from."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlunsplit

import pytest

from tests.repository.tracked import ROOT, files

LOCKS = ("requirements.lock", "requirements-dev.lock")

PINNED = re.compile(
    r"(?P<name>[a-z0-9-]+)(\[[a-z,-]+\])?==[0-9][\w.+!]*( ; [^\\]+)?"
    r"( \\\n    --hash=sha256:[0-9a-f]{64})+"
)
"""A version, perhaps a condition such as the platform, and at least one hash; nothing else."""

HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("proxy", "golang", "org"),
    )
)
"""Package registries, in parts so that this file doesn't name them either."""

ADDRESS = urlunsplit(("https", "packages.example", "simple", "", ""))
FOLDER = str(ROOT / "wheels")
"""Where packages might be fetched from, in parts for the same reason."""


def entries(lock: str) -> list[str]:
    """The lock file's requirements, each with its continuation lines."""
    return re.split(r"\n(?! )", (ROOT / lock).read_text().rstrip("\n"))


def locked(lock: str) -> set[str]:
    """The names of the packages a lock file fixes."""
    return {match["name"] for entry in entries(lock) if (match := PINNED.fullmatch(entry))}


def required(names: list[str]) -> set[str]:
    """The packages' names alone, as lock files write them."""
    return {re.split(r"[\[ <>=!~;]", name)[0].lower().replace("_", "-") for name in names}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_versions_with_hashes_and_nothing_else(lock: str) -> None:
    strange = [entry for entry in entries(lock) if not PINNED.fullmatch(entry)]

    assert strange == []


@pytest.mark.parametrize(
    "line",
    [
        "flask==3.1.3",
        "flask>=3 \\\n    --hash=sha256:" + "0" * 64,
        *(
            f"--{option} {where}"
            for option, where in (("index-url", ADDRESS), ("find-links", FOLDER))
        ),
        f"flask @ {ADDRESS} \\\n    --hash=sha256:" + "0" * 64,
    ],
)
def test_a_line_without_hash_or_with_an_address_would_be_found(line: str) -> None:
    assert not PINNED.fullmatch(line)


def test_every_dependency_named_in_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert required(project["project"]["dependencies"]) <= locked("requirements.lock")
    assert required(project["dependency-groups"]["dev"]) <= locked("requirements-dev.lock")


def test_no_file_names_a_package_registry() -> None:
    def names_one(path: Path) -> bool:
        content = path.read_bytes()
        return any(host.encode() in content for host in HOSTS)

    assert [path for path in files() if names_one(path)] == []
