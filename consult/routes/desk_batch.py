"""One thing done with several contributions at once, as a page of the queue asks for it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_babel import gettext as _
from sqlmodel import Session

from consult.forms.deciding import Decide, Return
from consult.models import Contribution, Outcome
from consult.queries.dispositions import PAGE, find_by_number, numbered
from consult.routes.desk_view import AtRound
from consult.services.admission import admit, return_to_author
from consult.services.assignment import assign
from consult.services.codes import sort_under
from consult.services.dispositions import Decision, approve_all, dispose_all
from consult.services.steps import DecidedElsewhere
from core import queue
from core.db import transaction
from core.errors import DomainError
from core.tasks import deliver_mail
from movement.services.messages import Office

DECIDING = frozenset({"propose", "decide"})


class Refused(Exception):
    """Nothing was done. `problems`: pairs (anchor or None, sentence); `chosen`: numbers, kept."""

    def __init__(
        self, problems: list[tuple[str | None, str]], chosen: list[int], status: int = 400
    ) -> None:
        super().__init__(problems)
        self.problems, self.chosen, self.status = problems, chosen, status


def chosen_numbers() -> list[int]:
    """The numbers ticked on the page, at most a page of them."""
    ticked = request.form.getlist("chosen")
    return [int(one) for one in ticked if one.isdecimal() and len(one) < 9][:PAGE]  # noqa: PLR2004 - as an integer of any database


def decision_in(session: Session, consultation_id: UUID, form: Decide) -> Decision:
    """What a valid form decides. A number that there isn't leads to no contribution."""
    number = form.head_number()
    head = find_by_number(session, consultation_id, number) if number else None
    return Decision(Outcome(form.outcome.data), form.reasons(), head)


def do_batch(at: AtRound, act: str, form: Decide, returning: Return) -> int:
    """Do what the pressed button says with what is ticked; how many. Raises `Refused`."""
    numbers = chosen_numbers()
    if not numbers:
        raise Refused([("queue", _("Choose at least one contribution."))], [])
    if act not in ACTS:
        raise Refused([(None, _("Choose what to do."))], numbers)
    asked = form if act in DECIDING else returning
    if not asked.validate():
        wrong = [(asked[name].id, each[0]) for name, each in asked.errors.items() if name]
        raise Refused([(anchor, str(sentence)) for anchor, sentence in wrong], numbers)
    try:
        with transaction() as session:
            found = numbered(session, at.call.id, numbers)
            done = len(ACTS[act](session, at, found, asked))
    except DecidedElsewhere as refusal:
        raise Refused([("queue", str(refusal.message))], numbers, 409) from None
    except DomainError as refusal:
        anchor, sentence = _anchor(act), str(refusal.message)
        if anchor in asked:
            asked[anchor].errors = [sentence]
        raise Refused([(anchor, sentence)], numbers, refusal.status) from None
    if act == "return":
        queue.wake(deliver_mail)
    return done


def _anchor(act: str) -> str:
    """Where on the page it is mended."""
    return {"return": "return_reason", "assign": "officer", "sort": "theme"}.get(act, "reason")


def _seen(found: list[Contribution]) -> dict[UUID, str]:
    """What the page showed of each: its stamp."""
    return {one.id: request.form.get(f"seen_{one.number}", "") for one in found}


def _ids(found: list[Contribution]) -> list[UUID]:
    return [one.id for one in found]


def _propose(session: Session, at: AtRound, found: list[Contribution], form: Any) -> list[Any]:
    decision = decision_in(session, at.desk.consultation.id, form)
    act, seen = at.desk.act, _seen(found)
    return dispose_all(session, _ids(found), decision, act, approved=False, seen=seen)


def _decide(session: Session, at: AtRound, found: list[Contribution], form: Any) -> list[Any]:
    decision = decision_in(session, at.desk.consultation.id, form)
    act, seen = at.desk.act, _seen(found)
    return dispose_all(session, _ids(found), decision, act, approved=True, seen=seen)


def _approve(session: Session, at: AtRound, found: list[Contribution], _form: Any) -> list[Any]:
    return approve_all(session, _ids(found), at.desk.act, seen=_seen(found))


def _admit(session: Session, at: AtRound, found: list[Contribution], _form: Any) -> list[Any]:
    return admit(session, _ids(found), at.desk.act, seen=_seen(found))


def _return(session: Session, at: AtRound, found: list[Contribution], form: Any) -> list[Any]:
    office = Office.of(current_app.config["SETTINGS"])
    reason = form.return_reason.data or ""
    act, seen = at.desk.act, _seen(found)
    return return_to_author(session, _ids(found), reason, act, office=office, seen=seen)


def _assign(session: Session, at: AtRound, found: list[Contribution], _form: Any) -> list[Any]:
    return assign(session, _ids(found), _id_in("officer"), at.desk.act)


def _sort(session: Session, at: AtRound, found: list[Contribution], _form: Any) -> list[Any]:
    code = _id_in("theme")
    if code is None:
        raise DomainError(_("Choose a code."))
    return sort_under(session, _ids(found), at.desk.act, add=[code])


def _id_in(name: str) -> UUID | None:
    written = request.form.get(name, "")
    try:
        return UUID(written) if written else None
    except ValueError:
        raise DomainError(_("Choose one of the list.")) from None


Doing = Callable[[Session, AtRound, list[Contribution], Any], list[Any]]
ACTS: dict[str, Doing] = {
    "propose": _propose,
    "decide": _decide,
    "approve": _approve,
    "admit": _admit,
    "return": _return,
    "assign": _assign,
    "sort": _sort,
}
