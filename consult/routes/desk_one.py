"""One contribution: its words, what is alike, its history, and what is decided on it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from consult.forms.deciding import AddReason, Decide, Reopen, Return
from consult.models import ConsultationCode, Contribution, ContributionState, SponsorState
from consult.policy import drafts_somewhere, is_staff
from consult.queries.codes import codes_of
from consult.queries.contributions import events_of, sponsors_by_contribution
from consult.queries.decisions import decisions_of
from consult.queries.dispositions import get_line, lines_of
from consult.queries.officers import officers
from consult.queries.similar import similar_to
from consult.routes.desk_batch import decision_in
from consult.routes.desk_view import AtRound, Desk, Row, desk_of
from consult.services import dispositions
from consult.services.admission import admit, return_to_author
from consult.services.assignment import assign
from consult.services.codes import sort_under
from consult.services.steps import DecidedElsewhere
from core import queue
from core.access import access
from core.db import get_session, transaction
from core.errors import DomainError
from core.forms import Form
from core.i18n import LANGUAGES, current_language
from core.tasks import deliver_mail
from movement.services.messages import Office
from movement.words import name_of

blueprint = Blueprint(
    "desk_one",
    __name__,
    url_prefix="/consultations/<code>/desk/contributions/<int(max=99999999):number>",
)
FORMS: dict[str, type[Form]] = {
    "propose": Decide, "decide": Decide, "return": Return, "reason": AddReason, "reopen": Reopen,
}  # fmt: skip
"""The form that each act reads; the others read no field that can be wrong."""


@blueprint.get("")
@access(drafts_somewhere)
def show(code: str, number: int) -> ResponseReturnValue:
    """All there is to know of a contribution, and the forms that decide on it."""
    desk = desk_of(code)
    return _page(desk, number, {})


def _row(desk: Desk, number: int) -> Row:
    line = get_line(get_session(), desk.consultation.id, number)
    one, call = next(pair for pair in desk.rounds if pair[1].id == line.contribution.call_id)
    return AtRound(desk, one, call).row(line)


def _page(
    desk: Desk, number: int, forms: dict[str, Form], *,
    problems: list[tuple[str | None, str]] | None = None, status: int = 200,
) -> ResponseReturnValue:  # fmt: skip
    session, row = get_session(), _row(desk, number)
    one = row.one
    alike = similar_to(session, one) if one.state is ContributionState.ADMITTED else []
    lines = {line.contribution.id: line for line in lines_of(
        session, [each.contribution.id for each in alike])}  # fmt: skip
    page = render_template(
        "consult/desk/one.html",
        desk=desk,
        at=row.at,
        row=row,
        alike=[(row.at.row(lines[each.contribution.id]), each.likeness) for each in alike],
        history=events_of(session, one.id, mine=False),
        decisions=decisions_of(session, one.id),
        behind=_behind(session, one),
        under=[_title(code) for code in row.line.codes],
        codes=codes_of(session, desk.consultation.id),
        officers=officers(session),
        problems=problems or [],
        **_forms(one, forms),
    )
    return page, status


def _title(code: ConsultationCode) -> str:
    return code.titles.get(current_language()) or code.titles.get("en") or code.code


def _behind(session: Session, one: Contribution) -> list[str]:
    """The organisations that confirmed that they stand behind it."""
    asked = sponsors_by_contribution(session, [one.id]).get(one.id, [])
    confirmed = (name for row, name in asked if row.state is SponsorState.CONFIRMED)
    return [name_of(organisation, current_language()) for organisation in confirmed]


def _forms(one: Contribution, given: dict[str, Form]) -> dict[str, Form]:
    """The page's forms: as they were sent, else fresh, in the language of the author."""
    spoken = one.language if one.language in LANGUAGES else current_language()
    decide = given.get("decide") or given.get("propose")
    return {
        "form": decide or Decide(formdata=None, reason_language=spoken),
        "returning": given.get("return") or Return(formdata=None),
        "translating": given.get("reason") or AddReason(formdata=None, into=spoken),
        "reopening": given.get("reopen") or Reopen(formdata=None),
    }


@blueprint.post("/propose")
@access(drafts_somewhere)
def propose(code: str, number: int) -> ResponseReturnValue:
    """Propose a decision, to be approved by the secretariat."""
    return _done(desk_of(code), number, "propose")


@blueprint.post("/<any(decide, approve, reopen, reason, admit, return, assign, sort):act>")
@access(is_staff)
def do(code: str, number: int, act: str) -> ResponseReturnValue:
    """Do one thing with the contribution."""
    return _done(desk_of(code), number, act)


def _done(desk: Desk, number: int, act: str) -> ResponseReturnValue:
    """On to the page again; what can't be done shows it with what was typed."""
    row = _row(desk, number)
    form = FORMS[act]() if act in FORMS else None
    given = {act: form} if form else {}
    if form and not form.validate():
        problems = [(form[name].id, str(each[0])) for name, each in form.errors.items() if name]
        return _page(desk, number, given, problems=problems, status=400)
    try:
        with transaction() as session:
            ACTS[act](session, row, form)
    except DecidedElsewhere as refusal:
        problems = [("standing", str(refusal.message))]
        return _page(desk, number, given, problems=problems, status=409)
    except DomainError as refusal:
        problems = [(ANCHORS.get(act, "reason"), str(refusal.message))]
        return _page(desk, number, given, problems=problems, status=refusal.status)
    if act == "return":
        queue.wake(deliver_mail)
    flash(_("Done."), "success")
    return redirect(desk.url("desk_one.show", number=number), code=303)


ANCHORS = {"return": "return_reason", "reason": "translated", "reopen": "why", "assign": "officer"}
"""Where on the page what was refused is mended."""


def _seen() -> str:
    return request.form.get("seen", "")


def _propose(session: Session, row: Row, form: Any) -> None:
    decision = decision_in(session, row.one.consultation_id, form)
    dispositions.propose(session, row.one.id, decision, row.at.desk.act, seen=_seen())


def _decide(session: Session, row: Row, form: Any) -> None:
    decision = decision_in(session, row.one.consultation_id, form)
    dispositions.decide(session, row.one.id, decision, row.at.desk.act, seen=_seen())


def _approve(session: Session, row: Row, _form: Any) -> None:
    dispositions.approve(session, row.one.id, row.at.desk.act, seen=_seen())


def _reopen(session: Session, row: Row, form: Any) -> None:
    why = form.why.data or ""
    dispositions.reopen(session, row.one.id, row.at.desk.act, seen=_seen(), why=why)


def _reason(session: Session, row: Row, form: Any) -> None:
    dispositions.add_reason(
        session, row.one.id, form.into.data, form.translated.data, row.at.desk.act, seen=_seen()
    )


def _admit(session: Session, row: Row, _form: Any) -> None:
    admit(session, [row.one.id], row.at.desk.act, seen={row.one.id: _seen()})


def _return(session: Session, row: Row, form: Any) -> None:
    office = Office.of(current_app.config["SETTINGS"])
    reason = form.return_reason.data or ""
    seen = {row.one.id: _seen()}
    return_to_author(session, [row.one.id], reason, row.at.desk.act, office=office, seen=seen)


def _assign(session: Session, row: Row, _form: Any) -> None:
    written = request.form.get("officer", "")
    known = {str(person.id): person.id for person in officers(session)}
    if written and written not in known:
        raise DomainError(_("Choose somebody of the secretariat."))
    assign(session, [row.one.id], known.get(written), row.at.desk.act)


def _sort(session: Session, row: Row, _form: Any) -> None:
    ticked = set(request.form.getlist("codes"))
    known = {code.id for code in codes_of(session, row.one.consultation_id)}
    add = {code for code in known if str(code) in ticked}
    sort_under(session, [row.one.id], row.at.desk.act, add=add, remove=known - add)


ACTS: dict[str, Callable[[Session, Row, Any], None]] = {
    "propose": _propose,
    "decide": _decide,
    "approve": _approve,
    "reopen": _reopen,
    "reason": _reason,
    "admit": _admit,
    "return": _return,
    "assign": _assign,
    "sort": _sort,
}


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
