"""Contributions taken from a meeting: entered and submitted by staff for an organisation."""

from dataclasses import dataclass
from textwrap import shorten
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.meetings import Take
from consult.models import (
    Consultation,
    Contribution,
    ContributionKind,
    Draft,
    Meeting,
    ProposalKind,
    Scope,
)
from consult.policy import is_staff
from consult.queries.consultations import document_of, open_round
from consult.queries.voices import get_voice
from consult.routes.meetings import blueprint, meeting_of
from consult.services.contributions import By
from consult.services.meeting_records import take
from consult.services.saying import BadContribution, Said
from consult.text.document import BlockKind, Document
from consult.text.inline import plain
from consult.text.labels import labels
from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from movement.models import Call
from movement.queries.participation import participants
from movement.words import name_of

FIRST_WORDS = 60


@dataclass(frozen=True)
class Asking:
    """The round that is open on the text the meeting speaks of."""

    call: Call
    document: Document


def _asking(meeting: Meeting) -> Asking | None:
    session = get_session()
    if meeting.consultation_id is None:
        return None
    found = open_round(session, session.get_one(Consultation, meeting.consultation_id), now=now())
    if found is None:
        return None
    return Asking(found[1], document_of(session.get_one(Draft, found[0].draft_id)))


@blueprint.route("/<code>/contributions/add", methods=["GET", "POST"])
@access(is_staff)
def take_contribution(code: str) -> ResponseReturnValue:
    """Enter and submit what an organisation asked for at the meeting."""
    meeting = meeting_of(code)
    asking = _asking(meeting)
    if asking is None:
        return render_template("consult/meetings/take.html", meeting=meeting, form=None)
    form, status = _form(asking), 200
    if form.validate_on_submit():
        try:
            made = _taken(meeting, asking, form)
        except BadContribution as bad:
            _beside(form, bad)
        except DomainError as refusal:
            form.organisation.errors = [str(refusal.message)]
            status = refusal.status
        else:
            flash(
                _("Entered and submitted as contribution %(number)s.", number=made.number),
                "success",
            )
            place = url_for(".show", code=code, _anchor="contributions")
            return redirect(place, code=303)
    page = render_template("consult/meetings/take.html", meeting=meeting, form=form)
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


def _form(asking: Asking) -> Take:
    form, language = Take(), current_language()
    asked = [one.organisation for one in participants(get_session(), asking.call.id)]
    named = sorted((name_of(one, language), one.code) for one in asked)
    form.organisation.choices = [(code, name) for name, code in named]
    form.place.choices = [("", _("The whole text")), *_places(asking.document, language)]
    spoken = asking.document.languages
    form.language.choices = [(one, LANGUAGES.get(one, one)) for one in spoken]
    return form


def _places(document: Document, language: str) -> list[tuple[str, str]]:
    """Each block by its label and first words."""
    spoken = language if language in document.languages else document.source
    found = labels(document, spoken)
    places = []
    for block in document.blocks:
        words = plain(block.texts.get(spoken) or block.texts.get(document.source, ""))
        short = shorten(words, FIRST_WORDS, placeholder="…")
        parts = (found[block.lineage], short)
        places.append((str(block.lineage), " ".join(part for part in parts if part)))
    return places


def _taken(meeting: Meeting, asking: Asking, form: Take) -> Contribution:
    note = (form.note.data or "").strip()
    by = By(now(), g.actor.label, g.actor.id, note=f"{meeting.code}: {note}")
    with transaction() as session:
        voice = get_voice(session, asking.call.code, form.organisation.data)
        return take(session, meeting, voice, _said(asking.document, form), by)


def _said(document: Document, form: Take) -> Said:
    lineage = UUID(form.place.data) if form.place.data else None
    block = document.find(lineage) if lineage else None
    kind = ContributionKind(form.kind.data)
    scope = Scope.WHOLE if block is None else Scope.PARAGRAPH
    if block and block.kind is BlockKind.HEADING and kind is ContributionKind.COMMENT:
        scope = Scope.SECTION
    return Said(
        kind, form.language.data, scope, lineage, text=form.text.data or "",
        proposal_kind=ProposalKind(form.proposal_kind.data), proposal=form.proposal.data,
        stance=form.chosen_stance(),
    )  # fmt: skip


def _beside(form: Take, bad: BadContribution) -> None:
    """Each problem beside the field where it is mended."""
    places = {"lineage": "place", "scope": "place", "quote": "text"}
    for name, sentence in bad.problems.items():
        form[places.get(name, name)].errors = [str(sentence)]
