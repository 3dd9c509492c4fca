"""The secretariat's pages of pledges: all of a text, and those of States and partners."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import policy
from consult.forms.adoption import problems_of
from consult.forms.pledges import EditPledge, NameParty, ReportProgress
from consult.models import Consultation
from consult.pledge_states import Progress
from consult.queries import pledges as queries
from consult.queries.consultations import get_consultation, newest_published
from consult.queries.following import text_of
from consult.routes.after_view import acting
from consult.routes.pledge_forms import offer, pledge_page, ready
from consult.services import pledging, signing
from consult.services.pledging import Told
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError, NotFound
from core.i18n import current_language
from core.texts import lazy as _l
from movement.forms.choices import choices
from movement.models import OutsideParty
from movement.queries.processes import get_party, parties

blueprint = Blueprint("staff_pledges", __name__, url_prefix="/consultations/<code>/desk/pledges")


class PledgeOfParty(EditPledge, NameParty):
    """A pledge with the outside party that makes it."""


def _offer_parties(form: NameParty) -> None:
    form.party.choices = choices((str(one.id), one.name) for one in parties(get_session()))


def _party(form: NameParty) -> OutsideParty:
    return get_party(get_session(), UUID(form.party.data))


@blueprint.get("")
@access(policy.is_staff)
def index(code: str) -> ResponseReturnValue:
    """The pledges on a text: those of the register, and those staff are entering."""
    session = get_session()
    consultation = get_consultation(session, code)
    return render_template(
        "consult/pledges/desk.html", consultation=consultation,
        entries=queries.pledges_for_staff(session, consultation.id),
        draft=newest_published(session, consultation), parties=parties(session),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@access(policy.is_staff)
def new(code: str) -> ResponseReturnValue:
    """Enter a pledge that a State or partner makes."""
    session = get_session()
    consultation, form = get_consultation(session, code), PledgeOfParty()
    draft = newest_published(session, consultation)
    if draft is None:
        raise DomainError(_l("This consultation has no published draft yet."))
    offer(form, draft)
    _offer_parties(form)
    if form.is_submitted() and ready(form, draft, current_language()):
        try:
            with transaction():
                words = form.words(current_language())
                pledge = pledging.begin(session, draft, words, _party(form), acting())
        except DomainError as refusal:
            form.paragraphs.errors = [str(refusal.message)]
        else:
            return redirect(url_for(".show", code=code, pledge_id=pledge.id), code=303)
    back = url_for(".index", code=code)
    language = current_language()
    return pledge_page(form, consultation, draft, language, back=back, party=form.party)


def _seen(consultation: Consultation, pledge_id: UUID) -> queries.Entry:
    """A pledge that staff see; not found otherwise."""
    for entry in queries.pledges_for_staff(get_session(), consultation.id):
        if entry.pledge.id == pledge_id:
            return entry
    raise NotFound(_l("There is no such pledge."))


def _theirs(entry: queries.Entry) -> bool:
    """Whether an outside party leads it, so that staff act for who makes it."""
    return any(party.row.lead and party.outside for party in entry.parties)


@blueprint.get("/<uuid:pledge_id>")
@access(policy.is_staff)
def show(code: str, pledge_id: UUID) -> ResponseReturnValue:
    """One pledge, and what staff can do with it."""
    return _show(code, pledge_id, NameParty(formdata=None), ReportProgress(formdata=None))


def _show(
    code: str, pledge_id: UUID, naming: NameParty, progress: ReportProgress
) -> ResponseReturnValue:
    session = get_session()
    consultation = get_consultation(session, code)
    entry, text = _seen(consultation, pledge_id), text_of(session, consultation.id)
    _offer_parties(naming)
    problems: list[tuple[Any, str]] = problems_of(naming) + problems_of(progress)
    page = render_template(
        "consult/pledges/desk_pledge.html", consultation=consultation, entry=entry,
        places=text.places(entry.paragraphs, current_language(), whole=True) if text else [],
        theirs=_theirs(entry), outside=any(party.outside for party in entry.signed),
        naming=naming, progress=progress, problems=problems,
    )  # fmt: skip
    return page, 400 if problems else 200


@blueprint.post("/<uuid:pledge_id>/<any(publish, withdraw, drop):act>")
@access(policy.is_staff)
def act(code: str, pledge_id: UUID, act: str) -> ResponseReturnValue:
    """Publish, withdraw or delete a pledge that an outside party makes."""
    session = get_session()
    entry = _seen(get_consultation(session, code), pledge_id)
    check(_theirs(entry))
    with transaction():
        if act == "publish":
            pledging.publish(session, entry.pledge, acting())
        elif act == "withdraw":
            pledging.withdraw(session, entry.pledge, acting())
        else:
            pledging.drop(session, entry.pledge)
    flash(_("Done."), "success")
    if act == "drop":
        return redirect(url_for(".index", code=code), code=303)
    return redirect(url_for(".show", code=code, pledge_id=pledge_id), code=303)


@blueprint.post("/<uuid:pledge_id>/party")
@access(policy.is_staff)
def name_party(code: str, pledge_id: UUID) -> ResponseReturnValue:
    """Name a State or partner as one that has signed."""
    session, form = get_session(), NameParty()
    entry = _seen(get_consultation(session, code), pledge_id)
    _offer_parties(form)
    if form.validate_on_submit():
        try:
            with transaction():
                signing.add_outside(session, entry.pledge, _party(form), acting())
        except DomainError as refusal:
            form.party.errors = [str(refusal.message)]
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=code, pledge_id=pledge_id), code=303)
    return _show(code, pledge_id, form, ReportProgress(formdata=None))


@blueprint.post("/<uuid:pledge_id>/progress")
@access(policy.is_staff)
def progress(code: str, pledge_id: UUID) -> ResponseReturnValue:
    """Enter what an outside party reports on a pledge it has signed."""
    session, form = get_session(), ReportProgress()
    entry = _seen(get_consultation(session, code), pledge_id)
    check(any(party.outside for party in entry.signed))
    if form.validate_on_submit():
        told = Told(Progress(form.status.data), form.text.data or "", current_language())
        try:
            with transaction():
                pledging.report(session, entry.pledge, told, acting())
        except DomainError as refusal:
            form.text.errors = [str(refusal.message)]
        else:
            flash(_("The report stands in the register."), "success")
            return redirect(url_for(".show", code=code, pledge_id=pledge_id), code=303)
    return _show(code, pledge_id, NameParty(formdata=None), form)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
