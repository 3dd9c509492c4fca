"""A member's page: whether it agrees to the text, as a member of a group that was asked."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import policy
from consult.forms.adoption import CONSENT, OBJECT, Agree, problems_of
from consult.models import Consultation
from consult.queries import adoption as queries
from consult.queries.consultations import get_consultation, newest_published
from consult.routes.after_view import acting, edition_of, paragraphs_of
from consult.services.adopting import say
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Group, Organisation
from movement.queries.directory import find_organisation, get_group

blueprint = Blueprint("agreeing", __name__, url_prefix="/consultations/<code>/agreement")
UNASKED = _l(
    "The text is adopted already, another draft is newer, or you are no member of this group today."
)


@blueprint.route("/<group>/<organisation>", methods=["GET", "POST"])
@access(policy.takes_part)
def answer(code: str, group: str, organisation: str) -> ResponseReturnValue:
    """Read the text; consent, or object with a reason."""
    session = get_session()
    consultation, asked = get_consultation(session, code), get_group(session, group)
    member = find_organisation(session, organisation)
    check(member is not None and policy.may_submit(g.actor, member.id))
    assert member is not None  # noqa: S101 -- checked above
    form = _form(_awaited(consultation, asked, member))
    if not form.validate_on_submit():
        return _page(consultation, asked, member, form, status=400)
    try:
        _say(consultation, asked, member, form)
    except DomainError as refusal:
        form.reason.errors = [str(refusal.message)]
        status = refusal.status if isinstance(refusal, Conflict) else 400
        return _page(consultation, asked, member, form, status=status)
    flash(_("Your word is recorded. You can change it until the text is adopted."), "success")
    address = url_for(".answer", code=code, group=group, organisation=organisation)
    return redirect(address, code=303)


def _say(consultation: Consultation, group: Group, member: Organisation, form: Agree) -> None:
    """Record the word. Raises `Conflict` where another text is asked about than the page's."""
    with transaction() as session:
        awaited = _awaited(consultation, group, member)
        if awaited is None:
            raise Conflict(UNASKED)
        say(
            session, awaited.draft, group, member, acting(), consents=form.word.data == CONSENT,
            reason=form.reason.data or "", seen=edition_of(form.edition),
        )  # fmt: skip


def _page(
    consultation: Consultation, group: Group, member: Organisation, form: Agree, *, status: int
) -> ResponseReturnValue:
    """The text as it stands now, with what is typed. `status`: where something is wrong with it."""
    session, problems = get_session(), problems_of(form)
    awaited = _awaited(consultation, group, member)
    if problems and awaited is None:
        raise Conflict(UNASKED)  # its page has no form to keep what was typed in
    form.edition.data = str(awaited.draft.number) if awaited else ""
    draft = newest_published(session, consultation)
    page = render_template(
        "consult/adoption/agree.html", consultation=consultation, group=group, member=member,
        awaited=awaited, form=form, problems=problems,
        on_behalf=policy.on_behalf(g.actor, member.id),
        paragraphs=paragraphs_of(awaited.draft) if awaited else [],
        adoption=queries.find_adoption(session, draft) if draft else None,
    )  # fmt: skip
    return page, status if problems else 200


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
