"""The catalogues: every message of code and templates, said in every language, nothing in doubt."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.repository.tracked import ROOT

TRANSLATED = ("fr", "es", "ar")
KEYWORDS = ("_", "_l", "lazy", "gettext", "lazy_gettext")
PLURALS = ("ngettext", "lazy_ngettext")
PLACE = re.compile(r"%\(\w+\)[sd]")


def catalogue(language: str) -> Catalog:
    path = ROOT / "core" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages_of_the_code() -> set[str]:
    """Every message that code and templates ask for; of plurals the singular."""
    with (ROOT / "core" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel's own
    keywords = {**dict.fromkeys(KEYWORDS), **dict.fromkeys(PLURALS, (1, 2))}
    found = extract_from_dir(str(ROOT), methods, options, keywords, directory_filter=not_installed)
    return {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in found
    }


def not_installed(folder: str | Path) -> bool:
    return Path(folder).name not in {".venv", "var", "node_modules", "tests"}


def strings_of(message: Message) -> list[str]:
    said = message.string
    return [said] if isinstance(said, str) else list(said or ())


def ids_of(message: Message) -> list[str]:
    asked = message.id
    return [asked] if isinstance(asked, str) else list(asked)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_every_message(language: str) -> None:
    ids = {ids_of(message)[0] for message in catalogue(language) if message.id}

    missing = messages_of_the_code() - ids

    assert sorted(missing) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_no_empty_and_no_fuzzy_entry(language: str) -> None:
    entries = [message for message in catalogue(language) if message.id]

    doubtful = [m.id for m in entries if m.fuzzy or not strings_of(m) or not all(strings_of(m))]

    assert entries
    assert doubtful == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_places_of_its_message(language: str) -> None:
    wrong = [
        message.id
        for message in catalogue(language)
        if message.id
        for said in strings_of(message)
        if not set(PLACE.findall(said)) <= set(PLACE.findall(" ".join(ids_of(message))))
    ]

    assert wrong == []
