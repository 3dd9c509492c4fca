"""A language's texts as rows of a file, and rows that come back. Knows no file format.

A row carries two digests from when it was made: of its source and of its translation. They tell,
when it comes back, what the translator changed, and what others changed meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import State, Text, digest_of, source_of, state_of, texts_of
from surveys.languages.walk import TextKind

Where = int | str | None
"""Where in a file something stands: a row's or line's number; or a sheet's name; or nowhere."""


@dataclass(frozen=True)
class Row:
    """A text to translate. `former`: the source a stale translation was made from, if known."""

    key: str
    kind: TextKind
    place: str
    source: str
    translation: str
    state: State
    former: str = ""

    @property
    def source_mark(self) -> str:
        """The digest by which a changed source is noticed."""
        return mark(self.source)

    @property
    def translation_mark(self) -> str:
        """The digest by which a changed translation is noticed."""
        return mark(self.translation)


@dataclass(frozen=True)
class Arriving:
    """A row as it comes back, from a file or a page.

    `confirmed`: the translator says that it is right for the source as they saw it. `unsure`: they
    say that it isn't finished.
    """

    key: str
    text: str
    source_mark: str
    translation_mark: str
    confirmed: bool = False
    unsure: bool = False
    where: Where = None


@dataclass(frozen=True)
class Fault:
    """Something of a file that can't be used: where, and what to do."""

    where: Where
    message: Lazy


class Unreadable(DomainError):
    """The whole file can't be used."""


@dataclass(frozen=True)
class Reading:
    """What a file says: rows by language, and what of it can't be used."""

    rows: dict[str, list[Arriving]]
    faults: tuple[Fault, ...] = ()


def tidy(text: str) -> str:
    """A text as it survives spreadsheets and editors: plain line breaks, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark(text: str) -> str:
    """The digest of a text, whatever programs did to its line breaks and the blanks around it."""
    return digest_of(tidy(text))


def rows(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """What there is to translate into a language, in the order it is read.

    Raises DomainError for the source, and for a language the questionnaire hasn't.
    """
    if language not in questionnaire.languages[1:]:
        raise DomainError(
            _l("The questionnaire isn't translated into “%(language)s”.", language=language)
        )
    source = source_of(questionnaire)
    for text in texts_of(questionnaire):
        if text.texts.get(source):
            yield _row(questionnaire, text, source, language)


def _row(questionnaire: Questionnaire, text: Text, source: str, language: str) -> Row:
    made_from = questionnaire.translated_from.get(language, {}).get(text.key, "")
    return Row(
        key=text.key,
        kind=text.kind,
        place=_place(questionnaire, text, source),
        source=text.texts[source],
        translation=text.texts.get(language, ""),
        state=state_of(questionnaire, text, language),
        former=questionnaire.formerly.get(made_from, ""),
    )


def _place(questionnaire: Questionnaire, text: Text, source: str) -> str:
    """Where the text stands: its section's title and its question's code."""
    section = questionnaire.section(text.place.section)
    title = " ".join(section.texts.get(source, section.code).split()) if section else ""
    return " · ".join(part for part in (title, text.place.question) if part)
