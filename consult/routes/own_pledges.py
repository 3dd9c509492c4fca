"""An organisation's own pledges: written by its people; published, signed and left by who signs."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import policy
from consult.forms.adoption import problems_of
from consult.forms.pledges import EditPledge, Invite, ReportProgress
from consult.models import Consultation, Draft, PledgeState
from consult.pledge_states import Progress
from consult.queries import pledges as queries
from consult.queries.consultations import consultations, get_consultation, newest_published
from consult.queries.following import text_of
from consult.routes.after_view import acting, edition_of, office
from consult.routes.pledge_forms import conflict_page, offer, pledge_page
from consult.services import pledging, signing
from consult.services.pledging import PledgeEditedElsewhere, Told
from core import queue
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.tasks import deliver_mail
from core.texts import lazy as _l
from movement.models import Organisation
from movement.queries.directory import find_organisation, get_organisation

blueprint = Blueprint("own_pledges", __name__, url_prefix="/pledges/of/<organisation>")
LEADS = frozenset({"publish", "withdraw", "drop"})


def own(code: str, *, signs: bool = False) -> Organisation:
    """The organisation, if this person writes (`signs`: signs) for it."""
    found = find_organisation(get_session(), code)
    allowed = policy.may_submit if signs else policy.may_contribute
    check(found is not None and allowed(g.actor, found.id))
    assert found is not None  # noqa: S101 -- checked above
    return found


@blueprint.get("")
@access(policy.takes_part)
def index(organisation: str) -> ResponseReturnValue:
    """The pledges this organisation makes, has signed or is asked to sign."""
    one, session = own(organisation), get_session()
    texts = [
        text for text in consultations(session)
        if newest_published(session, text) is not None and not text.archived_at
    ]  # fmt: skip
    return render_template(
        "consult/pledges/own.html", organisation=one, texts=texts,
        entries=queries.own_pledges(session, one.id),
    )  # fmt: skip


@blueprint.route("/new/<code>", methods=["GET", "POST"])
@access(policy.takes_part)
def new(organisation: str, code: str) -> ResponseReturnValue:
    """Write a pledge on the text named in the address."""
    one, session = own(organisation), get_session()
    consultation = get_consultation(session, code)
    draft, form = _draft_of(consultation), EditPledge()
    offer(form, draft)
    if form.validate_on_submit():
        try:
            with transaction():
                words = form.words(current_language())
                pledge = pledging.begin(session, draft, words, one, acting())
        except DomainError as refusal:
            form.paragraphs.errors = [str(refusal.message)]
        else:
            address = url_for(".show", organisation=organisation, pledge_id=pledge.id)
            return redirect(address, code=303)
    back = url_for(".index", organisation=organisation)
    return pledge_page(form, consultation, draft, current_language(), back=back)


def _draft_of(consultation: Consultation) -> Draft:
    draft = newest_published(get_session(), consultation)
    if draft is None:
        raise DomainError(_l("This consultation has no published draft yet."))
    return draft


@blueprint.get("/<uuid:pledge_id>")
@access(policy.takes_part)
def show(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """One of its pledges, and what can be done with it."""
    return _show(organisation, pledge_id, Invite(formdata=None), ReportProgress(formdata=None))


def _show(
    organisation: str, pledge_id: UUID, inviting: Invite, progress: ReportProgress
) -> ResponseReturnValue:
    one, session = own(organisation), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    text = text_of(session, entry.consultation.id)
    problems = problems_of(inviting) + problems_of(progress)
    page = render_template(
        "consult/pledges/mine.html", organisation=one, entry=entry, party=party,
        places=text.places(entry.paragraphs, current_language(), whole=True) if text else [],
        signs=policy.may_submit(g.actor, one.id), inviting=inviting, progress=progress,
        problems=problems, in_progress=entry.pledge.state is PledgeState.IN_PROGRESS,
    )  # fmt: skip
    return page, 400 if problems else 200


@blueprint.route("/<uuid:pledge_id>/edit", methods=["GET", "POST"])
@access(policy.takes_part)
def edit(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Change the words of a pledge in progress; a stale page shows both."""
    one, session = own(organisation), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    pledge, form = entry.pledge, EditPledge()
    check(party.row.lead and pledge.state is PledgeState.IN_PROGRESS)
    draft = session.get_one(Draft, pledge.draft_id)
    offer(form, draft)
    back = url_for(".show", organisation=organisation, pledge_id=pledge_id)
    if request.method != "POST":
        form.show(pledge)
        return pledge_page(form, entry.consultation, draft, pledge.language, back=back)
    if form.validate():
        try:
            with transaction():
                words, edition = form.words(pledge.language), edition_of(form.edition)
                taken_back = pledging.revise(session, pledge, words, edition=edition)
        except PledgeEditedElsewhere:
            return conflict_page(form, entry.consultation, draft, pledge, back=back)
        except DomainError as refusal:
            form.paragraphs.errors = [str(refusal.message)]
        else:
            told = _("Saved. Who had signed the words before is asked to sign again.")
            flash(told if taken_back else _("Saved."), "success")
            return redirect(back, code=303)
    return pledge_page(form, entry.consultation, draft, pledge.language, back=back)


@blueprint.post("/<uuid:pledge_id>/<any(publish, withdraw, drop, leave):act>")
@access(policy.takes_part)
def act(organisation: str, pledge_id: UUID, act: str) -> ResponseReturnValue:
    """Publish, withdraw or delete a pledge one leads; leave one, or decline to sign it."""
    one, session = own(organisation, signs=True), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    pledge = entry.pledge
    check(act not in LEADS or party.row.lead)
    with transaction():
        if act == "publish":
            pledging.publish(session, pledge, acting())
        elif act == "withdraw":
            pledging.withdraw(session, pledge, acting())
        elif act == "drop":
            pledging.drop(session, pledge)
        else:
            signing.leave(session, pledge, party.row, acting())
    flash(_("Done."), "success")
    if act in {"drop", "leave"}:
        return redirect(url_for(".index", organisation=organisation), code=303)
    return redirect(url_for(".show", organisation=organisation, pledge_id=pledge_id), code=303)


@blueprint.post("/<uuid:pledge_id>/sign")
@access(policy.takes_part)
def sign(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Sign a pledge one was asked to sign, or one that is open to all."""
    one, session = own(organisation, signs=True), get_session()
    pledge = queries.get_pledge(session, pledge_id).pledge
    asked = signing.find_party(session, pledge, one.id) is not None
    check(asked or queries.may_be_signed(pledge))
    with transaction():
        signing.sign(session, pledge, one, acting())
    flash(_("Signed."), "success")
    return redirect(url_for(".show", organisation=organisation, pledge_id=pledge_id), code=303)


@blueprint.post("/<uuid:pledge_id>/invite")
@access(policy.takes_part)
def invite(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Ask others to sign a pledge one leads; they get a mail."""
    one, session = own(organisation, signs=True), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    check(party.row.lead)
    form = Invite()
    if form.validate_on_submit():
        try:
            with transaction():
                asked = [get_organisation(session, code) for code in form.wanted()]
                signing.invite(session, entry.pledge, asked, acting(), office=office())
        except DomainError as refusal:
            form.codes.errors = [str(refusal.message)]
        else:
            queue.wake(deliver_mail)
            flash(_("They are asked to sign."), "success")
            back = url_for(".show", organisation=organisation, pledge_id=pledge_id)
            return redirect(back, code=303)
    return _show(organisation, pledge_id, form, ReportProgress(formdata=None))


@blueprint.post("/<uuid:pledge_id>/progress")
@access(policy.takes_part)
def progress(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Report how a pledge is coming along; it is public at once."""
    one, session = own(organisation, signs=True), get_session()
    entry, _party = queries.get_own(session, pledge_id, one.id)
    form = ReportProgress()
    if form.validate_on_submit():
        status, text = Progress(form.status.data), form.text.data or ""
        try:
            with transaction():
                told = Told(status, text, current_language(), one)
                pledging.report(session, entry.pledge, told, acting())
        except DomainError as refusal:
            form.text.errors = [str(refusal.message)]
        else:
            flash(_("Your report stands in the register."), "success")
            back = url_for(".show", organisation=organisation, pledge_id=pledge_id)
            return redirect(back, code=303)
    return _show(organisation, pledge_id, Invite(formdata=None), form)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
