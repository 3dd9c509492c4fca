"""The demonstration's files as the tests of its data read them: plain lines and plain JSON.

It refuses to know the reader of the dialect, so that the data is held to its own rules.
"""

import json
import re
from functools import cache
from typing import Any

from core.settings import ROOT
from movement import directory_data

FOLDER = ROOT / "consult" / "demonstration"
LANGUAGES = ("en", "fr", "es", "ar")
MARKER = re.compile(r"^( {4})*(#{1,6} (\{number [^}]*\{1\}\} )?|\d+\. |\([a-z]\) |- |\[\^\w+\]: )?")
"""What stands before a block's words: its depth and its kind."""


@cache
def lines(language: str) -> list[str]:
    """The zero draft's blocks, one a line."""
    text = (FOLDER / f"zero-draft.{language}.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def marker(line: str) -> str:
    found = MARKER.match(line)
    return found[0] if found else ""


def words(language: str, block: int) -> str:
    """A block's text without what marks its kind."""
    line = lines(language)[block]
    return line[len(marker(line)) :]


@cache
def data(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def contributions() -> dict[int, dict[str, Any]]:
    """The contributions by their number."""
    return {row["n"]: row for row in data("contributions")}


@cache
def language_of_societies() -> dict[str, str | None]:
    """The directory's National Societies by code, with the language they write in, if any."""
    return {society.code: society.language for society in directory_data.societies()}


@cache
def speakers() -> set[str]:
    """The codes of all who may speak: Societies, components, networks and groups."""
    components = {component["code"] for component in directory_data.components()}
    groups = {group["code"] for group, _places in directory_data.groups()}
    return {*language_of_societies(), *components, *groups}


def complete(texts: dict[str, str]) -> bool:
    """Whether a text is said in each of the four languages, and in no other."""
    return set(texts) == set(LANGUAGES) and all(text.strip() for text in texts.values())
