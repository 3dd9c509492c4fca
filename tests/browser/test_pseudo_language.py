"""A language in which every message is bracketed: what stands outside is in no catalogue."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, permutations
from typing import Any, Self

import flask_babel
import pytest
from babel.dates import get_timezone_location
from babel.lists import format_list
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from consult.text.inline import plain
from consult.text.labels import WORDS
from core.app import create_app
from core.i18n import LANGUAGES
from core.settings import Settings
from movement.message_texts import DAYS, DEADLINE, DEFAULTS, INVENTED, LAST_DAY
from surveys.bank import library
from surveys.languages import name_in, own_name
from surveys.languages.names import SUGGESTED
from tests.browser.every_page import ADMINISTRATOR, FOCAL_POINT, SECRETARIAT, SIGHTS, Sight
from tests.browser.reading import BEGIN, END, Names, Reader, unsaid
from tests.browser.site import Site

LANGUAGE = "en"
PROPER = [
    "Plenary",
    "CSV",
    "XLSX",
    "XLSForm",
    "ZIP",
    "UTC",
    "SMTP",
    "Excel",
    "Word",
    "PDF",
    "Markdown",
]
"""Names that are the same in every language."""
FILLED_IN = re.compile(r"\{\w+\}")
SHORT = 3
SENTENCE = re.compile(r"[A-Z]\w|\w \w|[^\x00-\x7f]")
"""What tells names and sentences from the codes that data is stored by."""
LABEL = re.compile(r"\A(?:(?:\d+\.?|\(\w\)|[•–]) )+")
"""What stands before a paragraph's words."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Data:
    """What follows no catalogue. `names`: also within a text; `codes`: alone."""

    names: Names
    codes: set[str]

    def and_also(self, typed: Iterable[str]) -> Self:
        """The same, with what was typed into a form."""
        return type(self)(Names([*self.names.all, *typed]), self.codes)


class Bracketed:
    """The catalogue of a language in which everything is said in English, in brackets."""

    def ugettext(self, message: str) -> str:
        return f"{BEGIN}{message}{END}"

    def ungettext(self, one: str, many: str, number: int) -> str:
        return self.ugettext(one if number == 1 else many)

    def upgettext(self, context: str, message: str) -> str:
        return self.ugettext(message)

    def unpgettext(self, context: str, one: str, many: str, number: int) -> str:
        return self.ungettext(one, many, number)


@pytest.fixture(scope="module")
def pseudo(site: Site, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application in the bracketed language, on the site's data."""
    app = create_app(Settings(data_dir=site.data, base_url="http://localhost"))
    app.jinja_env.bytecode_cache = compiled_templates
    app.testing = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flask_babel.Domain, "get_translations", lambda _self: Bracketed())
        yield app
    app.extensions["sessions"].dispose()


@pytest.fixture(scope="module")
def known(arranged: dict[str, str], site: Site) -> Data:
    """Everything that is data: names, questionnaires, answers, mails, and codes."""
    tables = site.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = chain(*(site.sql(f'SELECT * FROM "{name}"') for (name,) in tables))
    stock = (DAYS, DEADLINE, DEFAULTS, INVENTED, LAST_DAY)
    texts = {*texts_of(list(rows)), *texts_of(stock), *LANGUAGES.values(), *PROPER}
    around = {part.strip(" .,:()") for text in texts_of(stock) for part in FILLED_IN.split(text)}
    regions = [json.loads(names)["en"] for (names,) in site.sql("SELECT names FROM region")]
    texts |= {
        format_list(some, locale="en")
        for count in range(2, len(regions) + 1)
        for some in permutations(regions, count)
    }
    zones = {zone for (zone,) in site.sql("SELECT DISTINCT timezone FROM organisation")}
    texts |= {zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    texts |= {get_timezone_location(zone, locale="en_GB") for zone in zones}
    texts |= {*_languages(), *texts_of([one.model_dump(mode="json") for one in library()])}
    texts |= {plain(text) for text in texts}  # a draft's, without their marks
    names = {text for text in texts if SENTENCE.search(text)} | _languages()
    names |= {"– new wave"}  # what the draft's title was given: a piece of its redline
    names |= {part for part in around if len(part) > SHORT}
    definitions = site.sql("SELECT definition FROM questionnaire_version")
    definitions += site.sql("SELECT definition FROM questionnaire_draft")
    languages = site.sql("SELECT DISTINCT language FROM organisation")
    codes = {*SUGGESTED, *texts_of([one.model_dump(mode="json") for one in library()])}
    codes |= {*texts_of(site.sql("SELECT definition FROM bank_entry"))}
    codes |= {
        "voices",
        "closed",
        "copied",
        "prs",
        "reports",
        "secretariat",
    }  # what `arranging` adds
    codes |= {*texts_of(site.sql("SELECT code FROM consultation_code"))}
    codes |= {*texts_of(site.sql("SELECT note FROM outside_party"))}
    names |= {word for words in WORDS.values() for word in words.values()}  # before numbers
    codes |= {"over", "(migration)", "migration-2020.xlsx", *texts_of([definitions, languages])}
    return Data(Names(names), codes)


def _languages() -> set[str]:
    """What CLDR calls the languages one can choose from, in English and in themselves."""
    return {name for code in SUGGESTED for name in (own_name(code), name_in(code, "en"))}


def texts_of(stored: Any) -> Iterator[str]:
    """Every text in a stored value, whatever it is wrapped in; of long ones also each line."""
    match stored:
        case str() if stored[:2] in ('{"', '["', "[{"):
            yield from texts_of(json.loads(stored))
        case str():
            yield " ".join(stored.split())
            yield from (" ".join(line.split()) for line in stored.splitlines())
        case dict():
            yield from chain(*map(texts_of, stored.values()))
        case list() | tuple():
            yield from chain(*map(texts_of, stored))


def of(app: Flask, site: Site, person: str) -> FlaskClient:
    """The person's browser, in English."""
    client = app.test_client()
    if person:
        client.set_cookie("plenary", site.session_token(person))
    return client


def left_over(page: str, known: Data) -> list[str]:
    """What a page says that is neither from a catalogue nor data."""
    reader, all_known = Reader.of(page), known.names.text
    lines = [line for line in reader.drawn if line not in all_known]
    return [
        f"{rest!r} in {text!r}"
        for text in [*reader.outside, *lines]
        if not _is_data(text, known.codes, all_known) and (rest := unsaid(text, known.names))
    ]


def _is_data(text: str, codes: set[str], names: str) -> bool:
    """Whether it is a code, a code marked off from the text before it, or a name cut short.

    A piece of a paragraph is data from three words on, with its label before it and its end cut.
    """
    bare = text.removesuffix(" – Plenary").removeprefix("– ").removesuffix(":")
    piece = LABEL.sub("", bare).strip("“”").removesuffix("…")
    return (
        bare in codes
        or (bare.endswith("...") and bare.removesuffix("...") in names)
        or (piece.count(" ") >= 2 and piece in names)
    )


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_a_page_says_nothing_outside_the_catalogues(
    sight: Sight,
    arranged: dict[str, str],
    known: Data,
    pseudo: Flask,
    site: Site,
) -> None:
    client = of(pseudo, site, sight.who.format(**arranged))

    answer = client.get(sight.path.format(**arranged), follow_redirects=True)

    assert answer.status_code == sight.status
    assert BEGIN in answer.text
    found = left_over(answer.text, known)
    assert found == [], "\n".join(found)


WRONG = (
    Sight("/sign-in", status=200),
    Sight("/calls/migration-2020/extend", SECRETARIAT, 400),
    Sight("/calls/migration-2020/reminders/plan", SECRETARIAT, 400),
    Sight("/calls/migration-2020/messages/reminder", SECRETARIAT, 400),
    Sight("/surveys/migration/open", SECRETARIAT, 400),
    Sight("/surveys/import", SECRETARIAT, 400),
    Sight("/directory/organisations/KEN/correct", SECRETARIAT, 400),
    Sight("/people/add", ADMINISTRATOR, 400),
    Sight("/organisations/KEN/people", FOCAL_POINT, 400),
    Sight("/exports", SECRETARIAT, 400),
)
FILLED = {
    "email": "no address", "closes_on": "soon", "days": "many", "name_en": "", "timezone": "no",
    "body_en": "{nobody}", "role": "king", "format": "stone", "code": "No Code!", "frame_date": "?",
}  # fmt: skip


@pytest.mark.parametrize("sight", WRONG, ids=str)
def test_a_refused_form_says_nothing_outside_the_catalogues(
    sight: Sight,
    arranged: dict[str, str],
    known: Data,
    pseudo: Flask,
    site: Site,
) -> None:
    client = of(pseudo, site, sight.who)
    token = TOKEN.search(client.get("/").text)
    assert token

    answer = client.post(sight.path, data={**FILLED, "csrf_token": token[1]})

    assert answer.status_code == sight.status
    found = left_over(answer.text, known.and_also([*FILLED, *filter(None, FILLED.values())]))
    assert found == [], "\n".join(found)


def test_a_text_without_a_catalogue_would_be_found() -> None:
    page = f"<p>{BEGIN}Said{END} <b>Kenya</b> unsaid</p><input type=submit value='Go on'>"

    assert left_over(page, Data(Names(["Kenya"]), set())) == [
        "'unsaid' in 'unsaid'",
        "'Go on' in 'Go on'",
    ]
