"""The queues of a round: what awaits admission, what is to be decided; and pages over all of it."""

from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from consult.forms.deciding import Decide, Return
from consult.policy import drafts_somewhere, is_staff
from consult.queries.clusters import clusters_of
from consult.queries.codes import codes_of
from consult.queries.dispositions import Line, Page, lines_of, numbered, queue
from consult.queries.figures import figures_of_round
from consult.queries.filters import Stage
from consult.queries.officers import officers
from consult.queries.progress import by_block, by_officer
from consult.routes.desk_batch import ACTS, Refused, do_batch
from consult.routes.desk_filters import STAGES, asked_after, asked_for, filters_in
from consult.routes.desk_view import AtRound, Row, at_round, sections
from consult.words import CATEGORIES, KINDS, OUTCOMES
from core.access import access, check
from core.db import get_session
from core.i18n import current_language
from movement.queries.directory import regions
from movement.queries.participation import participants

blueprint = Blueprint("desk_queue", __name__, url_prefix="/consultations/<code>/desk/rounds/<call>")


@blueprint.get("/queue")
@access(drafts_somewhere)
def index(code: str, call: str) -> ResponseReturnValue:
    """The contributions to decide on, or others as the filters say, in the order of the text."""
    return _page(at_round(code, call), Decide(formdata=None, reason_language=current_language()))


@blueprint.get("/admission")
@access(is_staff)
def admission(code: str, call: str) -> ResponseReturnValue:
    """The contributions that await admission."""
    return _page(at_round(code, call), Decide(formdata=None), admitting=True)


def _page(
    at: AtRound, form: Decide, *, admitting: bool = False, refused: Refused | None = None,
    returning: Return | None = None,
) -> ResponseReturnValue:  # fmt: skip
    session, wanted = get_session(), asked_for(request.args)
    filters = filters_in(request.args, stage=Stage.AWAITING if admitting else Stage.PENDING)
    after = asked_after(request.args)
    found = queue(session, at.call.id, at.text, filters, after=after)
    endpoint = ".admission" if admitting else ".index"
    rows = [at.row(line) for line in [*_moved_on(at, refused, found), *found.lines]]
    page = render_template(
        "consult/desk/queue.html",
        at=at,
        rows=rows,
        found=found,
        filters=filters,
        wanted=wanted,
        admitting=admitting,
        figures=figures_of_round(session, at.call.id),
        form=form,
        returning=returning or Return(formdata=None),
        refused=refused,
        chosen=_still_chosen(rows, refused),
        first_url=at.url(f"desk_queue{endpoint}", **wanted),
        next_url=found.after and at.url(f"desk_queue{endpoint}", **wanted, after=found.after),
        begun=after is not None,
        act_url=at.url("desk_queue.batch", **wanted, after=after,
                       queue="admission" if admitting else None),
        **_offered(at),
    )  # fmt: skip
    return page, refused.status if refused else 200


def _still_chosen(rows: list[Row], refused: Refused | None) -> set[int]:
    """The numbers to stay ticked: not of what changed since the page that was sent was made."""
    return {
        row.one.number or 0
        for row in rows
        if refused and row.one.number in refused.chosen
        and request.form.get(f"seen_{row.one.number}") == row.stamp
    }  # fmt: skip


def _moved_on(at: AtRound, refused: Refused | None, found: Page) -> list[Line]:
    """What was chosen and stands elsewhere by now: shown again, so that nothing typed is lost."""
    there = {line.contribution.number for line in found.lines}
    gone = [number for number in refused.chosen if number not in there] if refused else []
    session = get_session()
    return lines_of(session, [one.id for one in numbered(session, at.call.id, gone)])


def _offered(at: AtRound) -> dict[str, Any]:
    """What one can choose in the filters and in the batch."""
    session, language = get_session(), current_language()
    return {
        "stages": STAGES,
        "officers": officers(session),
        "headings": sections(at.text),
        "kinds": KINDS.items(),
        "categories": CATEGORIES.items(),
        "outcomes": [(outcome, word[0]) for outcome, word in OUTCOMES.items()],
        "codes": codes_of(session, at.desk.consultation.id),
        "regions": [(one.code, one.names.get(language) or one.names.get("en") or one.code)
                    for one in regions(session)],
        "asked": [one.organisation for one in participants(session, at.call.id)],
        "me": g.actor.id,
    }  # fmt: skip


@blueprint.post("/batch")
@access(drafts_somewhere)
def batch(code: str, call: str) -> ResponseReturnValue:
    """Do one thing with the chosen contributions: all of them or, if one can't be, none."""
    at = at_round(code, call)
    act = request.form.get("do", "")
    check(at.desk.runs or act == "propose" or act not in ACTS, hide=False)
    form, returning = Decide(), Return()
    admitting = request.args.get("queue") == "admission"
    try:
        done = do_batch(at, act, form, returning)
    except Refused as refused:
        return _page(at, form, admitting=admitting, refused=refused, returning=returning)
    flash(
        ngettext("Done with one contribution.", "Done with %(num)d contributions.", done),
        "success",
    )
    wanted = {**asked_for(request.args), "after": asked_after(request.args)}
    page = "desk_queue.admission" if admitting else "desk_queue.index"
    return redirect(at.url(page, **wanted), code=303)


@blueprint.get("/clusters")
@access(drafts_somewhere)
def clusters(code: str, call: str) -> ResponseReturnValue:
    """What is decided together: each with its duplicates."""
    at = at_round(code, call)
    found = clusters_of(get_session(), at.call.id)
    return render_template(
        "consult/desk/clusters.html", at=at,
        clusters=[(at.row(one.head), [at.row(each) for each in one.duplicates]) for one in found],
    )  # fmt: skip


@blueprint.get("/progress")
@access(drafts_somewhere)
def progress(code: str, call: str) -> ResponseReturnValue:
    """How far the round is, by officer and by paragraph."""
    at, session = at_round(code, call), get_session()
    return render_template(
        "consult/desk/progress.html", at=at, figures=figures_of_round(session, at.call.id),
        officers=by_officer(session, at.call.id), blocks=by_block(session, at.call.id, at.text),
    )  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
