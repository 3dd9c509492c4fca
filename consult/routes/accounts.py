"""The account of a round, internal or released; and a draft with all that was said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import false, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col

from consult import policy
from consult.changes.operations import Operation
from consult.export.account import (
    Coverage,
    account,
    behind,
    changed_rows,
    changes_alone,
)
from consult.export.report import Report
from consult.export.report_pdf import pdf
from consult.export.report_word import word_file
from consult.export.reports import compilation
from consult.export.revised import Row
from consult.models import STANDING, Consultation, Contribution, Draft, Round
from consult.queries.compiled import compiled
from consult.queries.consultations import asked as asked_in
from consult.queries.consultations import get_round
from consult.queries.figures import Condition
from consult.queries.heard import Heard, heard_in
from consult.queries.steps import Step, steps_of
from consult.routes.printed import download, drafts_for_drafting, language_of, reasons_for, title_of
from consult.text.document import Block, BlockKind
from core import audit
from core.access import SignInNeeded, access, anyone, check
from core.clock import now
from core.db import get_session, transaction
from core.i18n import current_language, format_share
from core.paging import pages, rows_on
from core.texts import lazy as _l
from movement.models import Call
from movement.queries import participation
from movement.queries.directory import regions

blueprint = Blueprint("draft_accounts", __name__)
PER_PAGE = 25
"""Changed paragraphs on a page of an account."""
WHOLE_AT_ONCE = 150
"""With more contributions than this, a compilation is shown part by part."""
FILES = {"pdf": pdf, "docx": word_file}


@dataclass(frozen=True)
class Asked:
    """A round whose account somebody asked for."""

    round: Round
    call: Call
    consultation: Consultation
    steps: list[Step]
    step: Step
    rows: list[Row]
    """What the next draft changed."""
    operations: dict[UUID, Operation]
    language: str


@blueprint.get("/rounds/<call>/account")
@access(anyone)
def show(call: str) -> ResponseReturnValue:
    """The account of a round: for those who lead it, and for everybody once it is released."""
    asked, page = _asked(call), request.args.get("page", 1, type=int)
    rows = rows_on(page, asked.rows, PER_PAGE)
    return render_template(
        "consult/outputs/account.html", round=asked.round, call=asked.call,
        report=_page(asked, rows, first=page == 1), page=page,
        last=pages(len(asked.rows), PER_PAGE),
        released=asked.round.account_public, may_release=policy.is_staff(g.get("actor")),
        consultation=asked.consultation, may_enter=_may_enter(asked),
    )  # fmt: skip


@blueprint.post("/rounds/<call>/account/release")
@access(policy.is_staff)
def release(call: str) -> ResponseReturnValue:
    """Release the account to everybody, or make it internal again."""
    with transaction() as session:
        round_, _call = get_round(session, call)
        round_.account_public = request.form.get("released") == "1"
        audit.record(session, "consultation.account", about=call, now=now(), label=g.actor.label,
                     released=round_.account_public)  # fmt: skip
    flash(_("The account is released.") if round_.account_public else _("The account is internal."))
    return redirect(url_for(".show", call=call), code=303)


@blueprint.get("/rounds/<call>/account.<any(pdf, docx):kind>")
@access(anyone)
def file(call: str, kind: str) -> ResponseReturnValue:
    """The account as a file."""
    asked = _asked(call)
    return download(FILES[kind](_page(asked, asked.rows, first=True)), kind, f"{call}-account")


def _asked(code: str) -> Asked:
    session = get_session()
    round_, call = get_round(session, code)
    consultation = session.get_one(Consultation, round_.consultation_id)
    _let_in(round_, consultation)
    number = session.get_one(Draft, round_.draft_id).number
    steps = steps_of(session, consultation)
    at = next(index for index, one in enumerate(steps) if one.number == number)
    after = steps[at + 1] if at + 1 < len(steps) else None
    language = current_language()
    operations = {one.id: one for one in after.operations} if after else {}
    rows = changed_rows(steps[at], after, language)
    return Asked(round_, call, consultation, steps, steps[at], rows, operations, language)


def _page(asked: Asked, rows: Sequence[Row], *, first: bool) -> Report:
    """The account with these changes; the figures stand on the first page."""
    session, call, step = get_session(), asked.call, asked.step
    done = {one for row in rows for one in behind(row)}
    made = [asked.operations[one] for one in done if one in asked.operations]
    reasons = reasons_for(session, asked.consultation, made)
    data = compiled(session, asked.consultation, asked.language, false(), steps=asked.steps)
    title = call.titles.get(asked.language) or call.titles.get("en") or call.code
    if not first:
        return changes_alone(data, title, step, reasons, rows)
    heard = heard_in(session, call.id)
    return account(data, title, step, heard, coverage=_coverage(session, call, heard),
                   reasons=reasons, rows=rows)  # fmt: skip


def _may_enter(asked: Asked) -> bool:
    """Whether the page of the consultation itself is open to this person."""
    actor, one = g.get("actor"), asked.consultation
    who = asked_in(get_session(), one.id)
    return actor is not None and policy.may_read(actor, one.process_id, who)


def _let_in(round_: Round, consultation: Consultation) -> None:
    if round_.account_public:
        return
    if g.get("actor") is None:
        raise SignInNeeded(_l("Sign in to open this page."))
    check(policy.may_see_account(g.actor, consultation.process_id))


def _coverage(session: Session, call: Call, heard: Heard) -> list[Coverage]:
    """Whose contributions stand, as the round's results count them, of the members asked."""
    language = current_language()
    names = {one.code: one.names.get(language) or one.names.get("en") or one.code
             for one in regions(session)}  # fmt: skip
    found = []
    for row in participation.counts(session, call.id):
        code, asked = row["region"], row["N"]
        spoke = heard.spoke.get(code, 0)
        share = format_share(spoke / asked) if asked else "–"
        found.append(Coverage(code, names.get(code, code), spoke, asked, share))
    return found


@blueprint.get("/consultations/<code>/drafts/<int:number>/compilation")
@access(policy.drafts_somewhere)
def live(code: str, number: int) -> ResponseReturnValue:
    """A draft with what was said of each paragraph, as it stands now; long ones by section."""
    here = drafts_for_drafting(code)
    step = here.step(number)
    language = language_of(step.document)
    counts = _counts(get_session(), here.consultation, step)
    sections = _sections(step, counts) if sum(counts.values()) > WHOLE_AT_ONCE else []
    chosen = _chosen(sections)
    where: list[Condition] = [] if chosen is None else [_among(chosen, first=chosen == sections[0])]
    data = compiled(get_session(), here.consultation, language, *where, steps=here.steps)
    said = [one for one in data.said if one.draft == number and one.stands]
    report = compilation(data, step, said, chosen)
    return render_template(
        "consult/outputs/compilation.html", here=here, step=step, report=report, sections=sections,
        chosen=chosen, title=title_of(here.consultation), text_language=language,
        counts=[sum(counts.get(block.lineage, 0) for block in one) for one in sections],
    )  # fmt: skip


def _counts(session: Session, consultation: Consultation, step: Step) -> Mapping[UUID | None, int]:
    """How much is shown with each paragraph of a draft; with the first, what is of all of it."""
    place = col(Contribution.lineage)
    chosen = (
        any_select(place, func.count())
        .join(Draft, col(Draft.id) == col(Contribution.draft_id))
        .where(
            col(Contribution.consultation_id) == consultation.id,
            col(Draft.number) == step.number,
            col(Contribution.state).in_(STANDING),
            col(Contribution.is_current),
        )
        .group_by(place)
    )
    first = next((block.lineage for block in step.document.blocks), None)
    found: Counter[UUID | None] = Counter()
    for lineage, number in session.execute(chosen):
        found[lineage or first] += number
    return found


def _sections(step: Step, counts: Mapping[UUID | None, int]) -> list[tuple[Block, ...]]:
    """The draft cut before each heading, and again where much was said since."""
    found: list[list[Block]] = []
    said = 0
    for block in step.document.blocks:
        said += counts.get(block.lineage, 0)
        if not found or block.kind is BlockKind.HEADING or said > WHOLE_AT_ONCE:
            found.append([])
            said = counts.get(block.lineage, 0)
        found[-1].append(block)
    return [tuple(one) for one in found]


def _chosen(sections: list[tuple[Block, ...]]) -> tuple[Block, ...] | None:
    if not sections:
        return None
    wanted = request.args.get("section", "")
    at = int(wanted) if wanted.isdecimal() and len(wanted) <= len("9999") else 0
    return sections[min(at, len(sections) - 1)]


def _among(blocks: tuple[Block, ...], *, first: bool) -> Condition:
    lineage = col(Contribution.lineage)
    among = lineage.in_([block.lineage for block in blocks])
    return among | lineage.is_(None) if first else among


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
