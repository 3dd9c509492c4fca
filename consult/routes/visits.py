"""Who visits what: a reader at a published draft, somebody of an organisation at its own words.

Both answer as if there were no such page for whoever isn't entitled, so that codes tell nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, url_for

from consult import policy
from consult.models import Consultation, Contribution, Draft, DraftState, Round
from consult.queries.consultations import (
    asked,
    get_consultation,
    get_draft,
    rounds_of,
)
from consult.queries.voices import Voice, get_voice, voices_of
from consult.routes.texts import Text, text_of
from consult.services.contributions import By
from consult.text.document import Block, Document
from core.access import check
from core.clock import now
from core.db import get_session
from core.links import external_for
from core.queue import wake
from core.tasks import deliver_mail
from movement.actors import Actor
from movement.models import Call


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
    of_draft = [pair for pair in rounds_of(session, consultation) if pair[0].draft_id == draft.id]
    voices = voices_of(session, actor.organisation_ids, consultation.id)
    return Reading(
        consultation, draft, text_of(draft), actor, of_draft,
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
    return Speaking(voice, text_of(voice.draft), actor, now())


def mail_soon() -> None:
    """Wake the sender, after the transaction."""
    wake(deliver_mail)
