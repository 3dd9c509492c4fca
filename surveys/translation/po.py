"""Translations as a gettext catalogue, which translators' programs read, and back.

The context of a message is its text's key. A stale translation is marked fuzzy and carries the
former source. A comment keeps the digests by which changes made meanwhile are noticed.
"""

import re
from datetime import datetime
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import State
from surveys.languages.words import KINDS
from surveys.translation.rows import Arriving, Fault, Reading, Row, Unreadable, mark, rows

MAX_BYTES = 3_000_000
MOST_MESSAGES = 30_000
_LANGUAGE = re.compile(r'^"(?:X-Plenary-)?Language: *([A-Za-z0-9_-]+)\\n"', re.MULTILINE)
_MARKS = re.compile(r"plenary ([0-9a-f]{12}) ([0-9a-f]{12})")
_SOUND = re.compile(r'(?:#.*|(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?) )?".*"|)\s*')
_FORMATS = frozenset({"python-format", "python-brace-format"})
"""What Babel guesses from signs such as %: our texts are no formats."""


def to_po(questionnaire: Questionnaire, language: str, *, now: datetime) -> bytes:
    """The catalogue of one language, in UTF-8."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for row in rows(questionnaire, language):
        _add(catalog, row)
    body = BytesIO()
    write_po(body, catalog, omit_header=True, include_previous=True)
    return _header(questionnaire.code, language, now).encode() + body.getvalue()


def _header(code: str, language: str, now: datetime) -> str:
    known = [] if language.startswith("x-") else [f"Language: {language.replace('-', '_')}"]
    lines = [
        f"Project-Id-Version: {code}",
        f"POT-Creation-Date: {now:%Y-%m-%d %H:%M%z}",
        f"PO-Revision-Date: {now:%Y-%m-%d %H:%M%z}",
        *known,
        f"X-Plenary-Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    written = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{written}\n'


def _add(catalog: Catalog, row: Row) -> None:
    stale = row.state is State.STALE
    place = f"{KINDS[row.kind]} – {row.place}" if row.place else str(KINDS[row.kind])
    message = catalog.add(
        row.source,
        row.translation,
        context=row.key,
        auto_comments=[place, f"plenary {row.source_mark} {row.translation_mark}"],
        flags=["fuzzy"] if stale else [],
        previous_id=[row.former] if stale and row.former else [],
    )
    if message is not None:
        message.flags -= _FORMATS


def from_po(data: bytes) -> Reading:
    """What a catalogue says. Raises Unreadable where it is none, or names no language."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_l("This file is larger than 3 MB. It was not opened."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(
            _l("This file isn't in UTF-8. Save it as UTF-8, and try again.")
        ) from wrong
    language = _LANGUAGE.search(text)
    if language is None:
        raise Unreadable(_l("This file doesn't say its language in its heading. Download it anew."))
    for number, line in enumerate(text.split("\n"), start=1):
        if not _SOUND.fullmatch(line):  # a text cut short must not come in as if it were meant
            raise Unreadable(_l("Line %(line)s is damaged. Download the file anew.", line=number))
    try:
        catalog = read_po(BytesIO(_without_language(text).encode()), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as damaged:
        raise Unreadable(_l("This file is damaged, or no .po file. Nothing was read.")) from damaged
    return _read(catalog, _named_language(text))


def _named_language(text: str) -> str:
    """Our own line says it with its script; other programs may rewrite the standard one."""
    own = re.search(r'^"X-Plenary-Language: *([A-Za-z0-9_-]+)\\n"', text, re.MULTILINE)
    found = own or _LANGUAGE.search(text)
    return found[1].replace("_", "-") if found else ""


def _without_language(text: str) -> str:
    """The catalogue without naming languages Babel doesn't know, at which it would stop."""
    return re.sub(r'^"Language: *[^"\n]*"\n', "", text, flags=re.MULTILINE)


def _read(catalog: Catalog, language: str) -> Reading:
    arriving, faults = [], []
    for number, message in enumerate(catalog):
        if number > MOST_MESSAGES:
            raise Unreadable(_l("This file has too many messages. It was not read."))
        if not message.id:
            continue  # the heading
        if message.pluralizable or not message.context:
            faults.append(Fault(message.lineno, _l("This message has no key of ours (msgctxt).")))
        else:
            arriving.append(_arriving(message))
    return Reading({language: arriving}, tuple(faults))


def _arriving(message: Message) -> Arriving:
    """One message. Where its comment was lost, it counts as made from nothing."""
    source = str(message.id)
    found = next(filter(None, map(_MARKS.search, message.auto_comments)), None)
    return Arriving(
        key=str(message.context),
        text=str(message.string or ""),
        source_mark=mark(source),
        translation_mark=found[2] if found else mark(""),
        confirmed=not message.fuzzy,
        unsure=message.fuzzy,
        where=message.lineno,
    )
