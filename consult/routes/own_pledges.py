"""An organisation's own pledges: written by its people; published, signed and left by who signs.

Nobody acts on its behalf here: what it has in progress is its own. Staff enter others' at the desk.
"""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import policy
from consult.forms.adoption import problems_of
from consult.forms.pledges import EditPledge, Invite, ReportProgress, Shown
from consult.models import Consultation, Draft, Pledge, PledgeState
from consult.pledge_states import Progress
from consult.queries import pledges as queries
from consult.queries.adoption import find_adoption
from consult.queries.consultations import (
    asked,
    consultations,
    get_consultation,
    newest_published,
)
from consult.queries.following import text_of
from consult.routes.after_view import acting, edition_of, office
from consult.routes.pledge_forms import conflict_page, offer, pledge_page, ready
from consult.services import pledging, signing
from consult.services.pledging import PledgeEditedElsewhere, Told
from core import queue
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError, NotFound
from core.i18n import current_language
from core.tasks import deliver_mail
from core.texts import lazy as _l
from movement.models import Organisation
from movement.queries.directory import find_organisation, get_organisation

blueprint = Blueprint("own_pledges", __name__, url_prefix="/pledges/of/<organisation>")
LEADS = frozenset({"publish", "withdraw", "drop"})


def own(code: str, *, signs: bool = False) -> Organisation:
    """The organisation, if this person belongs to it and writes (`signs`: signs) for it."""
    found = find_organisation(get_session(), code)
    allowed = policy.may_submit if signs else policy.may_contribute
    check(found is not None and found.id in g.actor.organisation_ids)
    assert found is not None  # noqa: S101 -- checked above
    check(allowed(g.actor, found.id))
    return found


def _readable(consultation: Consultation, draft: Draft | None) -> bool:
    """Whether this person may read the text anyway: a pledge opens no draft to anybody."""
    session = get_session()
    takers = asked(session, consultation.id)
    if policy.may_read(g.actor, consultation.process_id, takers):
        return True
    return draft is not None and find_adoption(session, draft) is not None


def _may_pledge_on(consultation: Consultation) -> bool:
    draft = newest_published(get_session(), consultation)
    open_ = draft is not None and not consultation.archived_at
    return open_ and _readable(consultation, draft)


@blueprint.get("")
@access(policy.speaks)
def index(organisation: str) -> ResponseReturnValue:
    """The pledges this organisation makes, has signed or is asked to sign."""
    one, session = own(organisation), get_session()
    texts = [text for text in consultations(session) if _may_pledge_on(text)]
    return render_template(
        "consult/pledges/own.html", organisation=one, texts=texts,
        entries=queries.own_pledges(session, one.id),
    )  # fmt: skip


@blueprint.route("/new/<code>", methods=["GET", "POST"])
@access(policy.speaks)
def new(organisation: str, code: str) -> ResponseReturnValue:
    """Write a pledge on the text named in the address."""
    one, session = own(organisation), get_session()
    consultation = get_consultation(session, code)
    draft, form = _draft_of(consultation), EditPledge()
    offer(form, draft)
    if form.is_submitted() and ready(form, draft, current_language()):
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
    check(_readable(consultation, draft))
    if draft is None:
        raise DomainError(_l("This consultation has no published draft yet."))
    return draft


@blueprint.get("/<uuid:pledge_id>")
@access(policy.speaks)
def show(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """One of its pledges, and what can be done with it."""
    return _show(organisation, pledge_id, Invite(formdata=None), ReportProgress(formdata=None))


def _show(
    organisation: str, pledge_id: UUID, inviting: Invite, progress: ReportProgress,
    *, refusal: str = "",
) -> ResponseReturnValue:  # fmt: skip
    one, session = own(organisation), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    text = text_of(session, entry.consultation.id)
    whole = text is not None and _readable(entry.consultation, text.draft)
    problems = problems_of(inviting) + problems_of(progress)
    page = render_template(
        "consult/pledges/mine.html", organisation=one, entry=entry, party=party,
        places=text.places(entry.paragraphs, current_language(), whole=whole) if text else [],
        signs=policy.may_submit(g.actor, one.id), inviting=inviting, progress=progress,
        problems=problems, refusal=refusal,
        in_progress=entry.pledge.state is PledgeState.IN_PROGRESS,
    )  # fmt: skip
    return page, 409 if refusal else 400 if problems else 200


def _shown_anew(
    organisation: str, pledge_id: UUID, stale: PledgeEditedElsewhere
) -> ResponseReturnValue:
    """The words as they are now, for whoever acted on others; nothing was done."""
    inviting, progress = Invite(formdata=None), ReportProgress(formdata=None)
    return _show(organisation, pledge_id, inviting, progress, refusal=str(stale.message))


@blueprint.route("/<uuid:pledge_id>/edit", methods=["GET", "POST"])
@access(policy.speaks)
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
    if ready(form, draft, pledge.language):
        try:
            with transaction():
                words, edition = form.words(pledge.language), edition_of(form.edition)
                taken_back = pledging.revise(session, pledge, words, edition=edition)
        except PledgeEditedElsewhere:
            return conflict_page(form, entry.consultation, draft, pledge, back=back)
        except NotFound:
            raise
        except DomainError as refusal:
            form.paragraphs.errors = [str(refusal.message)]
        else:
            told = _("Saved. Who had signed the words before is asked to sign again.")
            flash(told if taken_back else _("Saved."), "success")
            return redirect(back, code=303)
    return pledge_page(form, entry.consultation, draft, pledge.language, back=back)


@blueprint.post("/<uuid:pledge_id>/<any(publish, withdraw, drop, leave):act>")
@access(policy.speaks)
def act(organisation: str, pledge_id: UUID, act: str) -> ResponseReturnValue:
    """Publish, withdraw or delete a pledge one leads; leave one, or decline to sign it."""
    one, session = own(organisation, signs=True), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    pledge = entry.pledge
    check(act not in LEADS or party.row.lead)
    try:
        with transaction():
            _do(act, pledge, party)
    except PledgeEditedElsewhere as stale:
        return _shown_anew(organisation, pledge_id, stale)
    flash(_("Done."), "success")
    if act in {"drop", "leave"}:
        return redirect(url_for(".index", organisation=organisation), code=303)
    return redirect(url_for(".show", organisation=organisation, pledge_id=pledge_id), code=303)


def _do(act: str, pledge: Pledge, party: queries.Party) -> None:
    session = get_session()
    if act == "publish":
        pledging.publish(session, pledge, acting(), edition=edition_of(Shown().edition))
    elif act == "withdraw":
        pledging.withdraw(session, pledge, acting())
    elif act == "drop":
        pledging.drop(session, pledge)
    else:
        signing.leave(session, pledge, party.row, acting())


@blueprint.post("/<uuid:pledge_id>/sign")
@access(policy.speaks)
def sign(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Sign a pledge one was asked to sign, or one that is open to all."""
    one, session = own(organisation, signs=True), get_session()
    pledge = queries.get_pledge(session, pledge_id).pledge
    party = signing.find_party(session, pledge, one.id)
    invited = party is not None and party.left_at is None
    check(invited or queries.may_be_signed(pledge))
    try:
        with transaction():
            edition = edition_of(Shown().edition)
            signing.sign(session, pledge, one, acting(), edition=edition)
    except PledgeEditedElsewhere as stale:
        if not invited:
            raise
        return _shown_anew(organisation, pledge_id, stale)
    flash(_("Signed."), "success")
    return redirect(url_for(".show", organisation=organisation, pledge_id=pledge_id), code=303)


@blueprint.post("/<uuid:pledge_id>/invite")
@access(policy.speaks)
def invite(organisation: str, pledge_id: UUID) -> ResponseReturnValue:
    """Ask others to sign a pledge one leads; they get a mail."""
    one, session = own(organisation, signs=True), get_session()
    entry, party = queries.get_own(session, pledge_id, one.id)
    check(party.row.lead)
    form = Invite()
    if form.validate_on_submit():
        try:
            with transaction():
                wanted = [get_organisation(session, code) for code in form.wanted()]
                signing.invite(session, entry.pledge, wanted, acting(), office=office())
        except DomainError as refusal:
            form.codes.errors = [str(refusal.message)]
        else:
            queue.wake(deliver_mail)
            flash(_("They are asked to sign."), "success")
            back = url_for(".show", organisation=organisation, pledge_id=pledge_id)
            return redirect(back, code=303)
    return _show(organisation, pledge_id, form, ReportProgress(formdata=None))


@blueprint.post("/<uuid:pledge_id>/progress")
@access(policy.speaks)
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
