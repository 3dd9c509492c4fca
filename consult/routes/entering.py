"""What the pages share on which staff enter for an organisation what it said elsewhere."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.contributing import identity_in
from consult.forms.entering import Enter
from consult.letters import confirm
from consult.models import Category, Contribution, ContributionKind, ProposalKind, Scope
from consult.queries.voices import get_voice
from consult.routes.desk_view import AtRound
from consult.routes.visits import mail_soon
from consult.services.contributions import By
from consult.services.receiving import receive
from consult.services.saying import BadContribution, Said
from consult.text.document import BlockKind
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from movement.queries.participation import participants
from movement.words import name_of


def offer(form: Enter, at: AtRound) -> None:
    """Fill a form's lists: who takes part, the blocks and the languages of the draft."""
    language = current_language()
    asked = [one.organisation for one in participants(get_session(), at.call.id)]
    named = sorted((name_of(one, language), one.code) for one in asked)
    # Nobody's name stands there by default: a slip would submit in it.
    form.organisation.choices = [("", "–"), *((code, name) for name, code in named)]
    form.place.choices = [("", _("The whole text"))] + [
        (str(block.lineage), f"{_('Section')}: {at.place(block.lineage)}"
         if block.kind is BlockKind.HEADING else at.place(block.lineage))
        for block in at.text.blocks
    ]  # fmt: skip
    form.language.choices = [(one, LANGUAGES.get(one, one)) for one in at.text.languages]
    identity_in(form.key)


def entering(
    form: Enter, at: AtRound, by: Callable[[], By], page: Callable[[], str], *, onward: str
) -> ResponseReturnValue:
    """Enter what a form holds and go on, or show its page. `by`: asked for once it is valid."""
    refused = None
    if form.validate_on_submit():
        try:
            made = _entered(form, at, by())
        except BadContribution as bad:
            _beside(form, bad)
        except DomainError as refusal:
            form.organisation.errors = [str(refusal.message)]
            refused = refusal.status
        else:
            mail_soon()
            flash(_("Entered and submitted as contribution %(number)s.", number=made.number),
                  "success")  # fmt: skip
            return redirect(onward, code=303)
    return page(), refused or (400 if form.errors else 200)


def _entered(form: Enter, at: AtRound, by: By) -> Contribution:
    """The contribution, written and submitted in one step, with its receipt in the outbox."""
    identity = identity_in(form.key)
    with transaction() as session:
        voice = get_voice(session, at.call.code, form.organisation.data)
        one, made = receive(session, voice, _said(form, at), by, identity=identity)
        confirm(session, voice, made, to=None, now=by.now)
    return one


def _said(form: Enter, at: AtRound) -> Said:
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
