"""The secretariat's pages of agreement and adoption: ask groups, adopt, address paragraphs."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import after_words, policy
from consult.forms.adoption import Addressees, Adopt, AskGroup, Recorded, problems_of
from consult.models import Consultation, Draft
from consult.queries import adoption as queries
from consult.queries.consultations import get_consultation, newest_published
from consult.routes.after_view import acting, office, paragraphs_of
from consult.services.addressing import Addressing, address
from consult.services.adopting import Decision, adopt, ask_group, correct
from core import queue
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.tasks import deliver_mail
from core.texts import lazy as _l
from movement.forms.choices import choices
from movement.queries.directory import get_group, regions
from movement.routes.calls import region_names

blueprint = Blueprint("adoption", __name__, url_prefix="/consultations/<code>/desk/adoption")


@blueprint.get("")
@access(policy.is_staff)
def show(code: str) -> ResponseReturnValue:
    """How the groups stand, and the adoption."""
    return _page(get_consultation(get_session(), code))


def _page(
    consultation: Consultation, form: Adopt | None = None, asking: AskGroup | None = None,
    correcting: Recorded | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """The page with the form that was refused; the others are as stored."""
    form, asking = form or Adopt(formdata=None), asking or AskGroup(formdata=None)
    session = get_session()
    draft, page = newest_published(session, consultation), current_language()
    adopted = queries.find_adopted(session, consultation)
    up = draft is not None and (adopted is None or adopted[0].id != draft.id)
    found = queries.standings(session, draft, on=now().date()) if draft else []
    rest = queries.groups_to_ask(session, draft) if draft else []
    asking.group.choices = choices(
        (one.code, one.names.get(page) or one.names.get("en") or one.code) for one in rest
    )
    form.seen.data = queries.seen(draft, found) if draft else ""
    correcting = correcting or Recorded(formdata=None, obj=adopted[1] if adopted else None)
    correcting.seen.data = queries.record_seen(adopted[1]) if adopted else ""
    for one in correcting:
        one.id = f"correct-{one.name}"  # both forms stand on the page of a later draft
    context: dict[str, Any] = {
        "consultation": consultation, "draft": draft, "adopted": adopted, "up": up,
        "standings": found, "asking": asking, "rest": rest, "form": form,
        "correcting": correcting,
        "problems": problems_of(form) + problems_of(asking) + problems_of(correcting),
        "objections": sum(len(one.objecting) for one in found),
        "silent": sum(len(one.silent) for one in found),
        "agreed": bool(found) and all(one.consenting for one in found),
    }  # fmt: skip
    answer = render_template("consult/adoption/show.html", **context)
    return answer, 400 if context["problems"] else 200


@blueprint.post("/ask")
@access(policy.is_staff)
def ask(code: str) -> ResponseReturnValue:
    """Ask a group's members whether they agree."""
    session = get_session()
    consultation, form = get_consultation(session, code), AskGroup()
    draft = _draft_of(consultation)
    try:
        group = get_group(session, form.group.data or "")
        with transaction():
            ask_group(session, draft, group, acting(), office=office())
    except DomainError as refusal:
        form.group.errors = [str(refusal.message)]
        return _page(consultation, asking=form)
    queue.wake(deliver_mail)
    flash(_("The members are asked. Those with a focal point get a mail."), "success")
    return redirect(url_for(".show", code=code), code=303)


def _draft_of(consultation: Consultation) -> Draft:
    draft = newest_published(get_session(), consultation)
    if draft is None:
        raise DomainError(_l("This consultation has no published draft yet."))
    return draft


@blueprint.post("/adopt")
@access(policy.is_staff)
def adopt_text(code: str) -> ResponseReturnValue:
    """Record the adoption, or say what is wrong with it."""
    session = get_session()
    consultation, form = get_consultation(session, code), Adopt()
    draft = _draft_of(consultation)
    if form.validate_on_submit() and form.adopted_on.data:
        decision = Decision(
            body=form.body.data or "", adopted_on=form.adopted_on.data,
            reference=form.reference.data or "", seen=form.seen.data or "none",
            objections=bool(form.objections.data), silence=bool(form.silence.data),
        )  # fmt: skip
        try:
            with transaction():
                adopt(session, draft, decision, acting())
        except DomainError as refusal:
            form.body.errors = [str(refusal.message)]
        else:
            flash(
                _("The text is adopted. Now say to whom its paragraphs are addressed."), "success"
            )
            return redirect(url_for(".addressees", code=code), code=303)
    return _page(consultation, form)


@blueprint.post("/correct")
@access(policy.is_staff)
def correct_record(code: str) -> ResponseReturnValue:
    """Correct what is recorded of the adoption, or say what is wrong with it."""
    session = get_session()
    consultation, form = get_consultation(session, code), Recorded()
    adopted = queries.find_adopted(session, consultation)
    check(adopted is not None)
    assert adopted is not None  # noqa: S101 -- checked above
    if form.validate_on_submit() and form.adopted_on.data:
        decision = Decision(
            body=form.body.data or "", adopted_on=form.adopted_on.data,
            reference=form.reference.data or "", seen=form.seen.data or "",
        )  # fmt: skip
        try:
            with transaction():
                correct(session, adopted[0], decision, acting())
        except DomainError as refusal:
            form.body.errors = [str(refusal.message)]
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=code), code=303)
    return _page(consultation, correcting=form)


@blueprint.route("/addressees", methods=["GET", "POST"])
@access(policy.is_staff)
def addressees(code: str) -> ResponseReturnValue:
    """To whom each paragraph of the adopted text is addressed; several at once."""
    session = get_session()
    consultation, form = get_consultation(session, code), Addressees()
    adopted = queries.find_adopted(session, consultation)
    if adopted is None:
        raise DomainError(_l("Paragraphs are addressed once their text is adopted."), 409)
    names, chosen = region_names(), _chosen()
    form.offer((region.code, names[region.code]) for region in regions(session))
    if form.validate_on_submit():
        to = Addressing(form.marks(), form.report_due.data)
        try:
            with transaction():
                address(session, adopted[0], chosen, to, acting())
        except DomainError as refusal:
            form.organisations.errors = [str(refusal.message)]
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".addressees", code=code), code=303)
    problems = problems_of(form)
    page = render_template(
        "consult/adoption/addressees.html", consultation=consultation, adopted=adopted,
        paragraphs=paragraphs_of(adopted[0]), duties=queries.duties_of(session, adopted[0].id),
        form=form, chosen=set(chosen), regions=names, problems=problems,
    )  # fmt: skip
    return page, 400 if problems else 200


def _chosen() -> list[UUID]:
    found = []
    for text in request.form.getlist("paragraph"):
        try:
            found.append(UUID(text))
        except ValueError:
            raise DomainError(_l("This page is damaged. Load it again.")) from None
    return found


def init_app(app: Flask) -> None:
    """Register the pages and the words they share with those of pledges and reports."""
    after_words.init_app(app)
    app.register_blueprint(blueprint)
