"""Whoever writes a draft, at it: what all pages of writing load and show.

The secretariat and the consultant of the process write; for others there is no such page.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from flask import Flask, g, request, url_for

from consult import markup, policy, words
from consult.changes.lineage import Fates, fates, resolve
from consult.changes.operations import LONGEST_NOTE, Operation
from consult.models import Consultation, Draft, DraftState
from consult.queries.amendments import (
    Decided,
    abandoned_in,
    admitted_on,
    count_left,
    taken_into,
)
from consult.queries.consultations import (
    document_of,
    drafts_of,
    get_consultation,
    get_draft,
)
from consult.services.drafting import Why
from consult.services.drafts import Act, read_set
from consult.text.document import LONGEST_TEXT, Block, Document
from consult.text.inline import BREAK, canonical, plain
from consult.text.labels import labels, next_label
from consult.text.words import words as words_in
from core.access import check
from core.clock import now
from core.db import get_session
from core.errors import DomainError
from core.i18n import current_language
from core.texts import lazy as _l

SHOWN = 70
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
JOINED = "{.1}"
"""The template of a number joined to those above it."""


@dataclass(frozen=True)
class Desk:
    """A consultation with its drafts, as those who write them see it."""

    consultation: Consultation
    drafts: list[Draft]

    @property
    def staff(self) -> bool:
        """Whether this person runs the consultation, and doesn't only write."""
        return policy.is_staff(g.actor)

    @property
    def act(self) -> Act:
        """How records name what they do now."""
        return Act(now(), g.actor.label)

    @property
    def newest(self) -> Draft | None:
        """The draft made last, or None."""
        return self.drafts[-1] if self.drafts else None

    def url(self, endpoint: str, **values: Any) -> str:
        """A page about this consultation's drafts."""
        return url_for(endpoint, code=self.consultation.code, **values)


@dataclass(frozen=True)
class Drafting(Desk):
    """One draft of it, in work or published."""

    draft: Draft

    @cached_property
    def document(self) -> Document:
        """Its text as it is now."""
        return document_of(self.draft)

    @cached_property
    def base(self) -> Draft | None:
        """The draft before, None for the first."""
        return get_session().get_one(Draft, self.draft.base_id) if self.draft.base_id else None

    @cached_property
    def before(self) -> Document | None:
        """The text of the draft before."""
        return document_of(self.base) if self.base else None

    @property
    def in_work(self) -> bool:
        """Whether it can still be changed."""
        return self.draft.state is DraftState.IN_WORK

    @cached_property
    def spoken(self) -> str:
        """The language its paragraphs are called in: the page's, else its own."""
        language = current_language()
        return language if language in self.document.languages else self.document.source

    @cached_property
    def labels(self) -> dict[UUID, str]:
        """What stands in the margin."""
        return labels(self.document, self.spoken)

    @cached_property
    def notes(self) -> markup.Notes:
        """The labels of the footnotes, by their keys."""
        return {one.key: (self.labels[one.lineage], "") for one in self.document.footnotes()}

    @cached_property
    def operations(self) -> list[Operation]:
        """Its change set."""
        return read_set(get_session(), self.draft)

    def accepted(self, ids: Collection[UUID]) -> list[Decided]:
        """Those of these contributions on the draft before that were accepted, wholly or partly."""
        found = admitted_on(get_session(), self.base, ids) if self.base and ids else []
        return [one for one in found if one.taken_over]

    @cached_property
    def left(self) -> int:
        """How many accepted amendments are not in the text."""
        return count_left(get_session(), self.draft)

    @cached_property
    def abandoned(self) -> frozenset[UUID]:
        """The contributions behind the change set that are not accepted now."""
        return abandoned_in(get_session(), self.draft)

    @cached_property
    def taken(self) -> frozenset[UUID]:
        """The contributions behind the change set."""
        return taken_into(get_session(), self.draft)

    @cached_property
    def fates(self) -> Fates:
        """What its change set made of the paragraphs that it ended."""
        return fates(self.operations)

    @cached_property
    def heirs(self) -> dict[UUID, set[UUID]]:
        """For each paragraph of the draft before: those that go on for it."""
        blocks = self.before.blocks if self.before else ()
        return {one.lineage: {*resolve(one.lineage, [self.fates])} for one in blocks}

    def here(self, endpoint: str, **values: Any) -> str:
        """A page about this draft."""
        return self.url(endpoint, number=self.draft.number, **values)

    def place(self, block: Block) -> str:
        """How a paragraph is called on one line: its label and first words."""
        text = plain(block.texts.get(self.spoken) or block.texts.get(self.document.source, ""))
        short = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
        return " ".join(part for part in (self.labels.get(block.lineage, ""), short) if part)

    def stale(self, block: Block) -> list[str]:
        """The languages in which a paragraph is missing or of an earlier wording."""
        return [one for one in self.document.languages[1:] if needs(self.document, block, one)]


def needs(document: Document, block: Block, language: str) -> str:
    """What a translation of a paragraph needs: "missing", "stale" or nothing."""
    if not block.texts.get(document.source) or language == document.source:
        return ""
    if not block.texts.get(language):
        return "missing"
    return "stale" if block.stale(document.source, language) else ""


def desk_of(code: str) -> Desk:
    """Let the secretariat or a consultant of the process in; else as if there were no such page."""
    session = get_session()
    consultation = get_consultation(session, code)
    check(policy.may_draft(g.actor, consultation.process_id))
    return Desk(consultation, drafts_of(session, consultation))


def drafting_of(code: str, number: int) -> Drafting:
    """The same, at one draft; raises `NotFound`."""
    desk = desk_of(code)
    draft = get_draft(get_session(), desk.consultation, number)
    return Drafting(desk.consultation, desk.drafts, draft)


def typed(name: str) -> str:
    """A text as it was typed, in its canonical form; its line breaks stay in the paragraph.

    Raises `DomainError` for one that is too long.
    """
    text = canonical(BREAK.join(line.strip() for line in lines(name)))
    if len(text) > LONGEST_TEXT:
        raise DomainError(
            _l("A paragraph holds at most %(most)s characters.", most=LONGEST_TEXT), 422
        )
    return text


def lines(name: str) -> list[str]:
    """What was typed, line by line, without the empty ones."""
    found = request.form.get(name, "").replace(BREAK, "\n").splitlines()
    return [line.strip() for line in found if line.strip()]


def shown(text: str) -> str:
    """A text as a field shows it."""
    return text.replace(BREAK, "\n")


def identities(name: str) -> set[UUID]:
    """The contributions that were ticked; what is no identity is passed over."""
    return {UUID(one) for one in request.form.getlist(name) if _ID.fullmatch(one)}


def why(desk: Drafting, row: str = "") -> Why:
    """What the form says about the reason for a step; of contributions only accepted ones.

    Raises `DomainError` for a note that is too long.

    `row`: what the names of the fields end with, on a page that has several.
    """
    chosen = (one.contribution.id for one in desk.accepted(identities(f"contribution{row}")))
    note = request.form.get(f"note{row}", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST_NOTE), 422)
    return Why(tuple(dict.fromkeys(chosen)), note)


def language_name(language: str, within: str) -> str:
    """What a language is called in another."""
    try:
        return Locale.parse(language, sep="-").get_display_name(within) or language
    except (UnknownLocaleError, ValueError):
        return language


def words_of(blocks: Iterable[Block], language: str) -> int:
    """How many words these paragraphs have in a language."""
    return sum(words_in(block.texts.get(language, "")) for block in blocks)


def number_like(template: str, language: str) -> str:
    """What a numbering looks like, by its first number; "" for none."""
    if template == JOINED:
        return "1.1"
    return next_label(Block(lineage=UUID(int=0), number=template), {}, language)


def init_app(app: Flask) -> None:
    """Give templates the words that pages of writing use."""
    markup.init_app(app)
    words.init_app(app)
    app.jinja_env.globals.update(
        language_name=language_name, number_like=number_like, plain_words=plain, shown_text=shown
    )
