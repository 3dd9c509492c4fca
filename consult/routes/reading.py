"""Reading a draft: the book page with a margin, and one paragraph with all that was said of it.

What stands in the margin is counted with one query; whole contributions stand on a paragraph's own
page.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from consult.models import Contribution, ContributionState
from consult.policy import may_enter
from consult.queries.contributions import Counts, counts_on, of_voice, said_of
from consult.queries.voices import Voice
from consult.routes.visits import Reading, fragment_of, reading
from consult.text.document import Block, BlockKind
from core.access import access, check
from core.db import get_session
from movement.destinations import path_for

blueprint = Blueprint("reading", __name__, url_prefix="/consultations/<code>/drafts/<int:number>")
NOTHING = Counts()
MOST_BESIDE = 5
"""Own contributions that stand beside a paragraph; the rest are on its page."""


@dataclass(frozen=True)
class Line:
    """A block as the page shows it. `mine`: my organisations' words, a few; `counts`: of all."""

    block: Block
    fragment: str
    label: str
    counts: Counts
    mine: list[Contribution]


@blueprint.get("")
@access(may_enter)
def draft(code: str, number: int) -> ResponseReturnValue:
    """The whole draft. With `mode=reading`, nothing but the text."""
    here = reading(code, number)
    bare = request.args.get("mode") == "reading"
    session = get_session()
    counts = {} if bare else counts_on(session, here.actor, here.rounds, now=here.arrived)
    mine = {} if bare else _mine(session, here)
    lines = [
        Line(block, fragment_of(block), here.text.labels[block.lineage],
             counts.get(block.lineage, NOTHING), mine.get(block.lineage, []))
        for block in here.document.blocks
    ]  # fmt: skip
    return render_template(
        "consult/draft.html",
        here=here,
        lines=[line for line in lines if line.block.kind is not BlockKind.FOOTNOTE],
        notes_below=[line for line in lines if line.block.kind is BlockKind.FOOTNOTE],
        notes=here.text.notes(linked=True),
        whole=counts.get(None, NOTHING),
        bare=bare,
        stale=sum(map(here.text.stale, here.document.blocks)),
        absent=sum(map(here.text.absent, here.document.blocks)),
        place=path_for,
    )


def _mine(session: Session, here: Reading) -> dict[UUID | None, list[Contribution]]:
    found: dict[UUID | None, list[Contribution]] = defaultdict(list)
    for voice in here.voices:
        for one in of_voice(session, voice):
            if one.state is not ContributionState.DROPPED and len(found[one.lineage]) < MOST_BESIDE:
                found[one.lineage].append(one)
    return found


@blueprint.get("/paragraphs/<uuid:lineage>")
@access(may_enter)
def paragraph(code: str, number: int, lineage: UUID) -> ResponseReturnValue:
    """One paragraph, what can be said of it, and what was said."""
    here = reading(code, number)
    block = here.document.find(lineage)
    check(block is not None)
    assert block is not None  # noqa: S101 -- check has raised otherwise
    index = here.document.at[lineage]
    return _page(here, block, index)


@blueprint.get("/whole")
@access(may_enter)
def whole(code: str, number: int) -> ResponseReturnValue:
    """What is said of the whole text."""
    return _page(reading(code, number), None, None)


def _page(here: Reading, block: Block | None, index: int | None) -> ResponseReturnValue:
    lineage = block.lineage if block else None
    said, total = said_of(get_session(), here.actor, here.rounds, lineage, now=here.arrived)
    blocks = here.document.blocks
    return render_template(
        "consult/paragraph.html",
        here=here,
        block=block,
        notes=here.text.notes(),
        said=said,
        total=total,
        before=blocks[index - 1] if index else None,
        after=blocks[index + 1] if index is not None and index + 1 < len(blocks) else None,
        voice=_chosen_voice(here),
    )


def _chosen_voice(here: Reading) -> Voice | None:
    """The organisation for which one would write: the one asked for, else the first."""
    wanted = request.args.get("for", "")
    found = [one for one in here.open_voices if one.organisation.code == wanted]
    return next(iter(found or here.open_voices), None)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
