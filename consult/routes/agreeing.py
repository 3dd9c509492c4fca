"""A member's page: whether it agrees to the text, as a member of a group that was asked."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import policy
from consult.forms.adoption import CONSENT, OBJECT, Agree, problems_of
from consult.models import Consultation
from consult.queries import adoption as queries
from consult.queries.consultations import get_consultation, newest_published
from consult.routes.after_view import acting, paragraphs_of
from consult.services.adopting import say
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from movement.models import Group, Organisation
from movement.queries.directory import find_organisation, get_group

blueprint = Blueprint("agreeing", __name__, url_prefix="/consultations/<code>/agreement")


@blueprint.route("/<group>/<organisation>", methods=["GET", "POST"])
@access(policy.takes_part)
def answer(code: str, group: str, organisation: str) -> ResponseReturnValue:
    """Read the text; consent, or object with a reason."""
    session = get_session()
    consultation, asked = get_consultation(session, code), get_group(session, group)
    member = find_organisation(session, organisation)
    check(member is not None and policy.may_submit(g.actor, member.id))
    assert member is not None  # noqa: S101 -- checked above
    awaited = _awaited(consultation, asked, member)
    form = _form(awaited)
    if awaited and form.validate_on_submit():
        try:
            with transaction():
                say(
                    session, awaited.draft, asked, member, acting(),
                    consents=form.word.data == CONSENT, reason=form.reason.data or "",
                )  # fmt: skip
        except DomainError as refusal:
            form.reason.errors = [str(refusal.message)]
        else:
            flash(
                _("Your word is recorded. You can change it until the text is adopted."), "success"
            )
            address = url_for(".answer", code=code, group=group, organisation=organisation)
            return redirect(address, code=303)
    problems = problems_of(form)
    draft = newest_published(session, consultation)
    page = render_template(
        "consult/adoption/agree.html", consultation=consultation, group=asked, member=member,
        awaited=awaited, form=form, problems=problems,
        on_behalf=policy.on_behalf(g.actor, member.id),
        paragraphs=paragraphs_of(awaited.draft) if awaited else [],
        adoption=queries.find_adoption(session, draft) if draft else None,
    )  # fmt: skip
    return page, 400 if problems else 200


def _awaited(
    consultation: Consultation, group: Group, member: Organisation
) -> queries.Awaited | None:
    """What is asked of this member now, or None."""
    for one in queries.awaited_of(get_session(), [member.id], on=now().date()):
        if one.consultation.id == consultation.id and one.group.id == group.id:
            return one
    return None


def _form(awaited: queries.Awaited | None) -> Agree:
    said = awaited.said if awaited else None
    if said is None:
        return Agree()
    return Agree(data={"word": CONSENT if said.consents else OBJECT, "reason": said.reason})


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
