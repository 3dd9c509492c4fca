"""A draft's translations, changed by many at once: what is right comes in, the rest is told.

Each saving is one step of the draft, so that it can be taken back. How rows are judged is
`surveys.translation`'s business.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from core.errors import DomainError
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import code_of
from surveys.languages.changing import moved, with_language, with_source, without_language
from surveys.models import Survey
from surveys.services import drafts
from surveys.translation import Arriving, Decision, Unreadable, decide

TRANSLATE, LANGUAGES = "translate", "languages"
"""What these changes are called among a draft's steps."""


def bring(
    session: Session,
    survey: Survey,
    arriving: Mapping[str, Sequence[Arriving]],
    *,
    emptying: bool = False,
    now: datetime,
    by: drafts.Author,
) -> dict[str, Decision]:
    """Let rows by language come into the draft, in one step; what became of them, by language.

    Raises Unreadable for a language the questionnaire isn't translated into; nothing comes in then.
    """
    decisions: dict[str, Decision] = {}

    def make(document: Questionnaire) -> Questionnaire:
        for language, rows in arriving.items():
            known = _spelled(document, language)
            decisions[known] = decide(document, known, rows, emptying=emptying)
            document = decisions[known].applied(document, known)
        return document

    about = ", ".join(arriving)
    drafts.change(session, survey, make, action=TRANSLATE, about=about, now=now, by=by)
    return decisions


def _spelled(document: Questionnaire, language: str) -> str:
    """The language as the questionnaire spells it, whatever a program made of its capitals."""
    wanted = language.casefold()
    for known in document.languages[1:]:
        if known.casefold() == wanted:
            return known
    raise Unreadable(
        _l("The questionnaire isn't translated into “%(language)s”.", language=language)
    )


def add_language(
    session: Session, survey: Survey, typed: str, *, now: datetime, by: drafts.Author
) -> str:
    """Add the language somebody means, by code or name, and return its code.

    Raises DomainError where nobody knows it, Conflict where the draft has it already.
    """
    language = code_of(typed)
    if language is None:
        raise DomainError(
            _l("No language is known as “%(typed)s”. Write its code, such as fr.", typed=typed)
        )
    _change(session, survey, lambda d: with_language(d, language), language, now=now, by=by)
    return language


def remove_language(
    session: Session, survey: Survey, language: str, *, now: datetime, by: drafts.Author
) -> None:
    """Take a language away with its texts; the draft's undoing brings it back."""
    _change(session, survey, lambda d: without_language(d, language), language, now=now, by=by)


def move_language(
    session: Session,
    survey: Survey,
    language: str,
    places: int,
    *,
    now: datetime,
    by: drafts.Author,
) -> None:
    """Move a language among the others; negative: earlier."""
    _change(session, survey, lambda d: moved(d, language, places), language, now=now, by=by)


def choose_source(
    session: Session, survey: Survey, language: str, *, now: datetime, by: drafts.Author
) -> None:
    """Let the others translate this language."""
    _change(session, survey, lambda d: with_source(d, language), language, now=now, by=by)


def _change(
    session: Session,
    survey: Survey,
    make: drafts.Change,
    language: str,
    *,
    now: datetime,
    by: drafts.Author,
) -> None:
    drafts.change(session, survey, make, action=LANGUAGES, about=language, now=now, by=by)
