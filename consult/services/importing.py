"""Texts brought in from files: a first draft, another language of it, or the next one.

What a file changes in a draft becomes operations that still await their reason. Nothing that is
published changes.
"""

import re
from dataclasses import dataclass

from sqlmodel import Session, select

from consult.changes.matching import identified, match
from consult.changes.operations import Translate
from consult.changes.restoring import restored
from consult.export.word_draft import draft_file
from consult.models import Consultation, Draft, DraftState
from consult.queries.consultations import document_of, drafts_of, find_consultation
from consult.services.drafts import (
    Act,
    begin_consultation,
    begin_first,
    begin_next,
    change,
    hold_consultation,
)
from consult.services.reading import LONGEST_TITLE, Read, Sent, read_file
from consult.text.aligning import texts_beside
from consult.text.document import MOST_LANGUAGES, Document
from consult.word.importing import Revisions, to_document
from consult.word.reading import read as read_word
from core.characters import REFUSED
from core.errors import Conflict, DomainError
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import Process
from movement.services.calls import CODE, LONGEST_CODE

DEFAULT_LANGUAGE = "en"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Target:
    """Where a file goes. `language` None: English, or the draft's own; `process`: its code."""

    code: str
    language: str | None = None
    process: str | None = None
    title: str | None = None
    revisions: Revisions | None = None


@dataclass(frozen=True)
class Brought:
    """What came of a file. `begun`: it is a first draft. `notices`: sentences for its sender."""

    draft: Draft
    begun: bool
    notices: tuple[Lazy, ...] = ()


def bring(session: Session, sent: Sent, target: Target, act: Act) -> Brought:
    """Bring a Word or Markdown file in, as a draft in work.

    Of a code not in use it becomes the first draft; in a language that the newest draft lacks, that
    language of it; else the next draft, or more of the one in work. Raises `DomainError` for a file
    that can't be read or doesn't fit, `Conflict` for a consultation of another process.
    """
    consultation = find_consultation(session, target.code)
    if consultation is not None:
        _check_process(session, consultation, target)
        drafts = drafts_of(session, consultation)
        if drafts:
            return bring_into(session, drafts[-1], sent, target, act)
    language = _usable(target.language or DEFAULT_LANGUAGE)
    read = read_file(sent, language, target.revisions)
    if consultation is None:
        consultation = _begin(session, read, language, target, act)
    draft = begin_first(session, consultation, read.document, act, source=sent.shown)
    return Brought(draft, begun=True, notices=read.notices)


def bring_into(session: Session, newest: Draft, sent: Sent, target: Target, act: Act) -> Brought:
    """Bring a file into the newest draft of a consultation, or into the next one made of it."""
    hold_consultation(session, newest.consultation_id)
    session.refresh(newest, with_for_update=True)
    document = document_of(newest)
    language = _usable(target.language or document.source)
    read = read_file(sent, language, target.revisions)
    if language in document.languages:
        return _edited(session, newest, read, act)
    if len(document.languages) >= MOST_LANGUAGES:
        raise DomainError(
            _l(
                "A draft has at most %(most)s languages. This would be one more.",
                most=MOST_LANGUAGES,
            )
        )
    texts = texts_beside(document, read.document)
    added = Translate(language=language, texts=texts, note=f"{language}: {sent.shown}")
    draft = _in_work(session, newest, act)
    change(session, draft, [added], act)
    return Brought(draft, begun=False, notices=read.notices)


def _edited(session: Session, newest: Draft, read: Read, act: Act) -> Brought:
    """The operations that lead from a draft to its edited text, added to the draft in work."""
    document, language = document_of(newest), read.document.source
    operations = match(document, _known(document, read), language)
    if not operations:
        same = _l("The file says what draft %(number)s says.", number=newest.number)
        return Brought(newest, begun=False, notices=(*read.notices, same))
    draft = _in_work(session, newest, act)
    change(session, draft, operations, act)
    if draft.base_id is None:
        return Brought(draft, begun=False, notices=read.notices)
    waiting = _l(
        "%(count)s changes await their reason: a contribution, or a note.", count=len(operations)
    )
    return Brought(draft, begun=False, notices=(*read.notices, waiting))


def _known(document: Document, read: Read) -> Document:
    """An edited text whose paragraphs have the identities of the draft's."""
    language = read.document.source
    if not read.word:
        return identified(document, read.document, language)
    own = read_word(draft_file(document, language, ""))
    untouched = to_document(own, language).document
    return restored(document, read.document, untouched, language)


def _in_work(session: Session, newest: Draft, act: Act) -> Draft:
    return begin_next(session, newest, act) if newest.state is DraftState.PUBLISHED else newest


def _usable(language: str) -> str:
    if not _LANGUAGE.fullmatch(language) or len(language) > 10:  # noqa: PLR2004 -- the column's length
        raise DomainError(
            _l("A language is named by its code, as in en, fr or ar. %(code)s is none.",
               code=repr(language))
        )  # fmt: skip
    return language


def _begin(session: Session, read: Read, language: str, target: Target, act: Act) -> Consultation:
    titles = {language: _title(target.title) or read.title or target.code}
    process = _process(session, target.process or target.code, titles)
    return begin_consultation(session, process, target.code, titles, act)


def _title(given: str | None) -> str | None:
    """A title as it was given, if it can be one. Raises `DomainError`."""
    if given and REFUSED.search(given):
        raise DomainError(_l("Take out the invisible control characters."))
    if given and len(given) > LONGEST_TITLE:
        raise DomainError(_l("A title holds at most %(most)s characters.", most=LONGEST_TITLE))
    return given


def _process(session: Session, code: str, titles: dict[str, str]) -> Process:
    found = session.scalars(select(Process).where(Process.code == code)).one_or_none()
    if found is None:
        if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            raise DomainError(
                _l(
                    "A process's code holds small letters, digits and hyphens, at most 60. "
                    "%(code)s does not.",
                    code=repr(code),
                )
            )
        found = Process(code=code, titles=titles)
        session.add(found)
        session.flush()
    return found


def _check_process(session: Session, consultation: Consultation, target: Target) -> None:
    process = session.get_one(Process, consultation.process_id)
    if target.process not in {None, process.code}:
        raise Conflict(
            _l("The consultation %(code)s belongs to another process.", code=consultation.code)
        )
