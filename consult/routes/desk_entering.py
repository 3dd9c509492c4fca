"""Entering what came by mail or was said at a meeting, on behalf of an organisation."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.entering import Enter
from consult.models import Category, Contribution, ContributionKind, ProposalKind, Scope, Source
from consult.policy import is_staff
from consult.queries.voices import get_voice
from consult.routes.desk_view import AtRound, at_round
from consult.services.contributions import By, write
from consult.services.saying import BadContribution, Said
from consult.services.submitting import submit
from consult.text.document import BlockKind
from core.access import access
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from movement.queries.participation import participants
from movement.words import name_of

blueprint = Blueprint(
    "desk_entering", __name__, url_prefix="/consultations/<code>/desk/rounds/<call>/enter"
)


@blueprint.route("", methods=["GET", "POST"])
@access(is_staff)
def enter(code: str, call: str) -> ResponseReturnValue:
    """Record a contribution received another way, where it came from, and submit it."""
    at = at_round(code, call)
    form = _form(at)
    refused = None
    if form.validate_on_submit():
        try:
            made = _entered(at, form)
        except BadContribution as bad:
            _beside(form, bad)
        except DomainError as refusal:
            form.organisation.errors = [str(refusal.message)]
            refused = refusal.status
        else:
            flash(_("Entered and submitted as contribution %(number)s.", number=made.number),
                  "success")  # fmt: skip
            return redirect(at.url("desk_entering.enter"), code=303)
    page = render_template("consult/desk/enter.html", at=at, form=form)
    return page, refused or (400 if form.errors else 200)


def _form(at: AtRound) -> Enter:
    form = Enter()
    language = current_language()
    asked = [one.organisation for one in participants(get_session(), at.call.id)]
    named = sorted((name_of(one, language), one.code) for one in asked)
    form.organisation.choices = [(code, name) for name, code in named]
    form.place.choices = [("", _("The whole text"))] + [
        (str(block.lineage), f"{_('Section')}: {at.place(block.lineage)}"
         if block.kind is BlockKind.HEADING else at.place(block.lineage))
        for block in at.text.blocks
    ]  # fmt: skip
    form.language.choices = [(one, LANGUAGES.get(one, one)) for one in at.text.languages]
    return form


def _entered(at: AtRound, form: Enter) -> Contribution:
    """The contribution, written and submitted in one step. Raises what these raise."""
    by = By(
        at.desk.arrived, g.actor.label, g.actor.id, on_behalf=True,
        source=Source(form.source.data), note=(form.source_note.data or "").strip(),
    )  # fmt: skip
    with transaction() as session:
        voice = get_voice(session, at.call.code, form.organisation.data)
        one = write(session, voice, _said(at, form), by)
        submit(session, voice, [one], by)
    return one


def _said(at: AtRound, form: Enter) -> Said:
    lineage = UUID(form.place.data) if form.place.data else None
    block = at.block(lineage)
    kind = ContributionKind(form.kind.data)
    scope = Scope.WHOLE if block is None else Scope.PARAGRAPH
    if block and block.kind is BlockKind.HEADING and kind is ContributionKind.COMMENT:
        scope = Scope.SECTION
    return Said(
        kind, form.language.data, scope, lineage, Category(form.category.data),
        form.text.data or "", proposal_kind=ProposalKind(form.proposal_kind.data),
        proposal=form.proposal.data, stance=form.chosen_stance(),
    )  # fmt: skip


def _beside(form: Enter, bad: BadContribution) -> None:
    """Each problem beside the field where it is mended."""
    places = {"lineage": "place", "scope": "place", "quote": "text"}
    for name, sentence in bad.problems.items():
        form[places.get(name, name)].errors = [str(sentence)]


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
