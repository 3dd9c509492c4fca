"""The two lists of a draft in work: amendments that await words, and steps with their reasons.

Each is one form: whichever button is pressed, all that was filled in on the page is saved. The
routes belong to the editor of drafts.
"""

from collections.abc import Iterable

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from consult.policy import drafts_somewhere
from consult.queries.amendments import admitted_on
from consult.routes.drafting import at_work, blueprint, typed_words
from consult.routes.drafting_rows import (
    PRESSED,
    Offers,
    Reason,
    Reasons,
    identity_in,
    refused_wording,
    worded,
    wordings,
)
from consult.routes.drafting_view import Drafting, drafting_of
from consult.routes.drafting_words import reason_of, told
from consult.services import drafting
from consult.services.composing import waiting_in
from consult.services.drafts import read_set
from core.access import access, check
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.typed import Typed, reads_typed

MOST_SHOWN, MOST_WAITING = 40, 15


@blueprint.get("/conflicts")
@access(drafts_somewhere)
def conflicts(code: str, number: int) -> ResponseReturnValue:
    """The accepted amendments that need the drafter's own words, with all ways side by side."""
    desk = at_work(code, number)
    check(desk.base is not None)
    return _conflicts_page(desk, {})


@blueprint.post("/conflicts")
@access(drafts_somewhere)
def word(code: str, number: int) -> ResponseReturnValue:
    """Take the words and notes given for them into the draft."""
    desk = at_work(code, number)
    check(desk.base is not None)
    with transaction() as session:
        work = drafting.Desk(session, desk.draft, desk.act)
        refused = worded(work, desk)
    _say_saved(work.steps, refused=bool(refused))
    if refused:
        get_session().rollback()
        return _conflicts_page(drafting_of(code, number), refused), _status(refused.values())
    return redirect(desk.here("drafting.conflicts"), code=303)


def _conflicts_page(desk: Drafting, refused: dict[str, DomainError]) -> str:
    """The page; what could not be saved stands first, as it was typed."""
    waiting = waiting_in(get_session(), desk.draft)
    kept = [refused_wording(desk, n, problem) for n, problem in refused.items()]
    rest = [one for one in wordings(desk, waiting[:MOST_WAITING])
            if not any(one.speaks_of(other) for other in kept)]  # fmt: skip
    return render_template(
        "consult/drafting/conflicts.html", desk=desk, rows=[*kept, *rest],
        more=len(waiting) - MOST_WAITING, total=len(waiting), reason_of=reason_of,
    )  # fmt: skip


@blueprint.get("/changes")
@access(drafts_somewhere)
def changes(code: str, number: int) -> ResponseReturnValue:
    """The change set step by step: those that lack a reason that holds come first."""
    desk = drafting_of(code, number)
    check(desk.base is not None)
    return _changes_page(desk, Reasons())


@blueprint.post("/changes")
@access(drafts_somewhere)
def explain(code: str, number: int) -> ResponseReturnValue:
    """Say why steps were made: the contributions they answer, or a note."""
    desk = at_work(code, number)
    check(desk.base is not None)
    sent = Reasons()
    with transaction() as session:
        work = drafting.Desk(session, desk.draft, desk.act)
        sent.read(desk, read_set(session, work.draft))
        work.explain(sent.given)
    _say_saved(len(sent.given), refused=bool(sent.refused or sent.gone))
    if sent.refused or sent.gone:
        get_session().rollback()
        status = _status(one.problem for one in sent.refused.values())
        return _changes_page(drafting_of(code, number), sent), status
    at = identity_in(f"step-{request.form.get(PRESSED, '')}")
    return redirect(desk.here("drafting.changes", **_page_asked(), _anchor=f"step-{at}"), code=303)


def _changes_page(desk: Drafting, sent: Reasons) -> str:
    first = max(request.args.get("from", 0, type=int), 0)
    ordered = sorted(
        desk.operations,
        key=lambda one: (
            one.id not in sent.refused,
            one.explained and desk.abandoned.isdisjoint(one.contributions),
        ),
    )
    start = 0 if sent.refused else first
    chosen = ordered[start : start + MOST_SHOWN]
    session = get_session()
    ids = {one for operation in chosen for one in operation.contributions}
    found = admitted_on(session, desk.base, ids) if desk.base else []
    steps = [told(desk, one, {each.contribution.id: each for each in found}) for one in chosen]
    offers = Offers.of(desk, steps)
    return render_template(
        "consult/drafting/changes.html", desk=desk, first=first, step=MOST_SHOWN,
        rows=[Reason.of(one, offers, sent) for one in steps], gone=sent.gone,
        total=len(ordered), here=desk.here("drafting.explain", **_page_asked()),
    )  # fmt: skip


def _page_asked() -> dict[str, str]:
    """The page of the list one is at, as addresses name it."""
    return {"from": request.args["from"]} if "from" in request.args else {}


def _say_saved(count: int, *, refused: bool) -> None:
    """Tell what was saved; of nothing only where the page doesn't say why."""
    if refused and count:
        flash(_("Not everything is saved"), "warning")
    elif count:
        flash(_("Saved."), "success")
    elif not refused:
        flash(_("Nothing was changed."), "info")


def _status(problems: Iterable[DomainError]) -> int:
    """409 where somebody else's work stands against what was sent, else 422."""
    found = list(problems)
    return 409 if not found or any(isinstance(one, Conflict) for one in found) else 422


def _typed_rows(_values: object, form: MultiDict[str, str]) -> Typed:
    """The texts and notes of a list that was refused."""
    return [
        (_("Note") if name.startswith("note-") else _("Text"), text)
        for name, text in form.items()
        if name.startswith(("text-", "note-")) and text.strip()
    ]


def init_app(app: Flask) -> None:
    """Register the editor's pages, these among them, and name what is typed into them."""
    app.register_blueprint(blueprint)
    reads_typed(app, "drafting.paragraph", typed_words)
    for endpoint in ("drafting.word", "drafting.explain"):
        reads_typed(app, endpoint, _typed_rows)
