"""Reading a draft: the book page with a margin, and one paragraph with all that was said of it.

What stands in the margin is counted with one query; whole contributions stand on a paragraph's own
page.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from sqlmodel import Session

from consult.models import Contribution, ContributionState
from consult.policy import may_enter
from consult.queries.contributions import Counts, counts_on, of_voice, said_of
from consult.queries.voices import Voice
from consult.routes.texts import fragment_of
from consult.routes.visits import Reading, reading
from consult.text.document import Block, BlockKind
from core.access import access, check
from core.db import get_session
from core.i18n import comma
from movement.destinations import path_for

blueprint = Blueprint("reading", __name__, url_prefix="/consultations/<code>/drafts/<int:number>")
NOTHING, NOWHERE = Counts(), UUID(int=0)
MOST_BESIDE = 5
"""Own contributions that stand beside a paragraph; the rest are on its page."""


@dataclass(frozen=True)
class Line:
    """A block as the page shows it.

    `url`: of its paragraph's page; `summary`: how many contributions there are, "" for none;
    `counted`: the others' by kind, in words; `mine`: a few of my organisations' own.
    """

    block: Block
    url: str = ""
    summary: str = ""
    counted: tuple[str, ...] = ()
    mine: Sequence[Contribution] = ()

    @property
    def fragment(self) -> str:
        """Where on the page it stands."""
        return fragment_of(self.block)


class _Counting:
    """Counts in words; each number is worded once, however many paragraphs have it."""

    def __init__(self) -> None:
        self.summary = cache(self._summary)
        self.worded = cache(self._worded)

    def _summary(self, mine: int, others: int) -> str:
        ours = _("%(n)s ours", n=format_decimal(mine)) if mine else ""
        theirs = _("%(n)s others’", n=format_decimal(others)) if others else ""
        return comma().join(part for part in (ours, theirs) if part)

    def counted(self, counts: Counts) -> tuple[str, ...]:
        """How many of each kind others have said."""
        numbers = (counts.comments, counts.amendments, counts.positions)
        return tuple(self.worded(kind, n) for kind, n in enumerate(numbers) if n)

    @staticmethod
    def _worded(kind: int, number: int) -> str:
        if kind == 0:
            return str(ngettext("%(num)d comment", "%(num)d comments", number))
        if kind == 1:
            return str(ngettext("%(num)d amendment", "%(num)d amendments", number))
        return str(ngettext("%(num)d position", "%(num)d positions", number))


@blueprint.get("")
@access(may_enter)
def draft(code: str, number: int) -> ResponseReturnValue:
    """The whole draft. With `mode=reading`, nothing but the text."""
    here = reading(code, number)
    bare = request.args.get("mode") == "reading"
    session = get_session()
    counts = {} if bare else counts_on(session, here.actor, here.rounds, now=here.arrived)
    lines = [Line(block) for block in here.document.blocks] if bare else _lines(here, counts)
    stale, absent = here.text.not_translated
    whole = counts.get(None, NOTHING)
    return render_template(
        "consult/draft.html",
        here=here,
        lines=[line for line in lines if line.block.kind is not BlockKind.FOOTNOTE],
        notes_below=[line for line in lines if line.block.kind is BlockKind.FOOTNOTE],
        whole=whole.mine + whole.others,
        bare=bare,
        stale=stale,
        absent=absent,
        say=_("Comment") if here.open_voices else _("Look"),
        place=path_for,
    )


def _lines(here: Reading, counts: Mapping[UUID | None, Counts]) -> list[Line]:
    mine, words = _mine(get_session(), here), _Counting()
    pattern = here.paragraph_url(NOWHERE)  # building an address costs more than filling one in
    found = []
    for block in here.document.blocks:
        has = counts.get(block.lineage, NOTHING)
        url = pattern.replace(str(NOWHERE), str(block.lineage))
        summary = words.summary(has.mine, has.others)
        found.append(Line(block, url, summary, words.counted(has), mine.get(block.lineage, ())))
    return found


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
