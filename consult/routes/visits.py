"""Who visits what: a reader at a published draft, somebody of an organisation at its own words.

Both answer as if there were no such page for whoever isn't entitled, so that codes tell nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext as _

from consult import policy
from consult.markup import Notes
from consult.models import Consultation, Contribution, Draft, DraftState, Round
from consult.queries.consultations import (
    asked,
    document_of,
    get_consultation,
    get_draft,
    rounds_of,
)
from consult.queries.voices import Voice, get_voice, voices_of
from consult.services.contributions import By
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import plain
from consult.text.labels import BULLET, labels
from core.access import check
from core.clock import now
from core.db import get_session
from core.i18n import current_language
from core.links import external_for
from core.queue import wake
from core.tasks import deliver_mail
from movement.actors import Actor
from movement.models import Call

LONGEST_PLACE = 60
"""Characters of a paragraph without a label that stand for it."""


def text_language(document: Document) -> str:
    """The language in which the draft is read: the one asked for, else the page's, else its own."""
    wanted = (request.args.get("language"), request.form.get("language"), current_language())
    return next((one for one in wanted if one in document.languages), document.source)


def fragment_of(block: Block) -> str:
    """Where on a page a block stands."""
    return f"p-{block.key}"


def notes_of(document: Document, found: dict[UUID, str], *, linked: bool) -> Notes:
    """What stands for a reference to each footnote; `linked` where the notes are on the page."""
    return {
        block.key: (found[block.lineage], fragment_of(block) if linked else "")
        for block in document.footnotes()
    }


@dataclass(frozen=True)
class Text:
    """A draft in one language, with what pages say of its blocks."""

    document: Document
    language: str

    @cached_property
    def labels(self) -> dict[UUID, str]:
        """What stands in the margin of each block."""
        return labels(self.document, self.language)

    def notes(self, *, linked: bool = False) -> Notes:
        """The labels of the footnotes."""
        return notes_of(self.document, self.labels, linked=linked)

    def spoken(self, block: Block) -> str:
        """The language in which a block can be shown: this one, else the source's."""
        return self.language if block.texts.get(self.language) else self.document.source

    def words(self, block: Block) -> str:
        """A block's text, in the language it can be shown in."""
        return block.texts.get(self.spoken(block), "")

    def stale(self, block: Block) -> bool:
        """Whether it was translated from an earlier wording."""
        return block.stale(self.document.source, self.language)

    def place(self, block: Block | None) -> str:
        """What a block is called where something was said of it; None is the whole text."""
        if block is None:
            return str(_("The whole text"))
        label = self.labels[block.lineage].rstrip(".")
        if block.kind is BlockKind.FOOTNOTE:
            return str(_("Footnote %(label)s", label=label))
        if block.kind is BlockKind.PARAGRAPH and label not in {"", BULLET}:
            return str(_("Paragraph %(label)s", label=label))
        words = plain(self.words(block))
        short = words if len(words) <= LONGEST_PLACE else f"{words[:LONGEST_PLACE].rstrip()}…"
        return f"{label} {short}".strip() if block.kind is BlockKind.HEADING else f"“{short}”"

    def absent(self, block: Block) -> bool:
        """Whether it has words, but none in this language."""
        return bool(block.texts) and self.spoken(block) != self.language


@dataclass(frozen=True)
class Reading:
    """Somebody entitled at a published draft. `rounds`: those that ask about it."""

    consultation: Consultation
    draft: Draft
    text: Text
    actor: Actor
    rounds: list[tuple[Round, Call]]
    voices: list[Voice]
    arrived: datetime

    @property
    def document(self) -> Document:
        """The draft's text."""
        return self.text.document

    @property
    def open_voices(self) -> list[Voice]:
        """The organisations for which this person may write about this draft now."""
        return [one for one in self.voices if one.open(self.arrived)]

    def url(self, **more: Any) -> str:
        """The draft's own page, in the language it is read in."""
        more.setdefault("language", self.text.language)
        return url_for(
            "reading.draft", code=self.consultation.code, number=self.draft.number, **more
        )

    def paragraph_url(self, lineage: UUID, **more: Any) -> str:
        """One paragraph with all that is said of it."""
        return url_for(
            "reading.paragraph", code=self.consultation.code, number=self.draft.number,
            lineage=lineage, language=self.text.language, **more,
        )  # fmt: skip

    def own_url(self, one: Contribution) -> str:
        """The page of a contribution of one of one's own organisations."""
        voice = next(
            each for each in self.voices
            if (each.call.id, each.organisation.id) == (one.call_id, one.organisation_id)
        )  # fmt: skip
        return url_for(
            "contributing.show", call=voice.call.code, organisation=voice.organisation.code,
            contribution_id=one.id,
        )  # fmt: skip


def reading(code: str, number: int) -> Reading:
    """Let the signed-in person read a published draft."""
    session, actor = get_session(), g.actor
    consultation = get_consultation(session, code)
    asked_ones = asked(session, consultation.id)
    check(policy.may_read(actor, consultation.process_id, asked_ones))
    draft = get_draft(session, consultation, number)
    check(draft.state is DraftState.PUBLISHED)
    document = document_of(draft)
    of_draft = [pair for pair in rounds_of(session, consultation) if pair[0].draft_id == draft.id]
    voices = voices_of(session, actor.organisation_ids, consultation.id)
    return Reading(
        consultation, draft, Text(document, text_language(document)), actor, of_draft,
        [one for one in voices if one.draft.id == draft.id], now(),
    )  # fmt: skip


@dataclass(frozen=True)
class Speaking:
    """Somebody of an organisation at its contributions to a round."""

    voice: Voice
    text: Text
    actor: Actor
    arrived: datetime

    @property
    def open(self) -> bool:
        """Whether the organisation may still write and submit."""
        return self.voice.open(self.arrived)

    @property
    def may_submit(self) -> bool:
        """Whether this person signs for the organisation."""
        return policy.may_submit(self.actor, self.voice.organisation.id)

    @property
    def by(self) -> By:
        """How records name what they do."""
        return By.of(self.actor, self.arrived)

    def url(self, endpoint: str, **more: Any) -> str:
        """A page of the organisation's workplace in this round."""
        call, organisation = self.voice.call.code, self.voice.organisation.code
        return url_for(endpoint, call=call, organisation=organisation, **more)

    def mailed_url(self, endpoint: str, **more: Any) -> str:
        """The same, as it stands in mail."""
        call, organisation = self.voice.call.code, self.voice.organisation.code
        return external_for(endpoint, call=call, organisation=organisation, **more)

    def draft_url(self, **more: Any) -> str:
        """The page of the draft that the round asks about."""
        return url_for(
            "reading.draft", code=self.voice.consultation.code, number=self.voice.draft.number,
            **more,
        )  # fmt: skip

    def paragraph_url(self, lineage: UUID | None) -> str:
        """The paragraph something was said of, or where the whole text is spoken of."""
        code, number = self.voice.consultation.code, self.voice.draft.number
        language = self.text.language
        if lineage is None:
            return url_for("reading.whole", code=code, number=number, language=language)
        return url_for(
            "reading.paragraph", code=code, number=number, lineage=lineage, language=language
        )

    def block(self, lineage: UUID | None) -> Block | None:
        """The block of the draft that something speaks of."""
        return self.text.document.find(lineage) if lineage else None


def speaking(call: str, organisation: str) -> Speaking:
    """Let somebody of the organisation in; staff enter what others said on their own pages."""
    actor: Actor = g.actor
    voice = get_voice(get_session(), call, organisation)
    mine = voice.organisation.id in actor.organisation_ids
    check(mine and policy.may_contribute(actor, voice.organisation.id))
    document = voice.document
    return Speaking(voice, Text(document, text_language(document)), actor, now())


def mail_soon() -> None:
    """Wake the sender, after the transaction."""
    wake(deliver_mail)
