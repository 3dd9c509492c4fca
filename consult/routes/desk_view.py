"""What the pages of the secretariat's desk share: who may enter, the rounds, texts and labels."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask, g, url_for

from consult import policy
from consult.markup import Notes
from consult.models import Consultation, Contribution, Draft, ProposalKind, Round
from consult.queries.consultations import document_of, get_consultation, rounds_of
from consult.queries.dispositions import Line
from consult.queries.overview import RoundState, round_state
from consult.services.drafts import Act
from consult.services.steps import stamp
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical, plain
from consult.text.labels import labels
from core.access import check
from core.clock import now
from core.db import get_session
from core.errors import NotFound
from core.i18n import current_language
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import Call, Organisation

TITLE_WORDS = 60
PARTS = (
    ("desk.index", _l("Overview"), True), ("drafts.index", _l("Drafts"), False),
    ("draft_files.index", _l("Files"), False), ("desk_codes.index", _l("Codes"), True),
    ("adoption.show", _l("Adoption"), True), ("staff_pledges.index", _l("Pledges"), True),
    ("reporting.index", _l("Reports"), True),
)  # fmt: skip
"""The pages of each consultation's desk, and whether they are for the secretariat alone."""


def desk_parts(consultation: Consultation) -> list[tuple[str, Lazy]]:
    """The parts of the desk that this person works on: (address, name)."""
    runs = policy.is_staff(g.actor)
    return [
        (url_for(endpoint, code=consultation.code), name)
        for endpoint, name, of_staff in PARTS
        if runs or not of_staff
    ]


def desk_home(consultation: Consultation) -> str:
    """Where somebody at the desk begins: who doesn't run it, at the text's own page."""
    endpoint = "desk.index" if policy.is_staff(g.actor) else "consultations.home"
    return url_for(endpoint, code=consultation.code)


@dataclass(frozen=True)
class Desk:
    """A consultation as the secretariat, or (to read and propose) its consultant, works on it."""

    consultation: Consultation
    rounds: list[tuple[Round, Call]]
    arrived: datetime

    @property
    def runs(self) -> bool:
        """Whether this person decides, and doesn't only propose."""
        return policy.is_staff(g.actor)

    @property
    def act(self) -> Act:
        """How records name what they do now."""
        return Act(self.arrived, g.actor.label)

    def url(self, endpoint: str, **values: Any) -> str:
        """A page of this desk."""
        return url_for(endpoint, code=self.consultation.code, **values)


@dataclass(frozen=True)
class AtRound:
    """The desk at one of its rounds."""

    desk: Desk
    round: Round
    call: Call

    @cached_property
    def text(self) -> Document:
        """The draft that the round asks about."""
        return document_of(get_session().get_one(Draft, self.round.draft_id))

    @cached_property
    def spoken(self) -> str:
        """The language in which the draft is cited: the page's, else the draft's own."""
        language = current_language()
        return language if language in self.text.languages else self.text.source

    @cached_property
    def labels(self) -> dict[UUID, str]:
        """What stands in the margin of each block."""
        return labels(self.text, self.spoken)

    @cached_property
    def notes(self) -> Notes:
        """The labels of the footnotes, by their keys."""
        return {block.key: (self.labels[block.lineage], "") for block in self.text.footnotes()}

    @property
    def state(self) -> RoundState:
        """How far the round is."""
        return round_state(self.round, self.call, self.desk.arrived)

    def url(self, endpoint: str, **values: Any) -> str:
        """A page about this round."""
        return self.desk.url(endpoint, call=self.call.code, **values)

    def block(self, lineage: UUID | None) -> Block | None:
        """A block of the draft."""
        return self.text.find(lineage) if lineage else None

    def place(self, lineage: UUID | None) -> str:
        """How a block is called where there is one line for it: its label and first words."""
        block = self.block(lineage)
        if block is None:
            return str(_l("The whole text"))
        words = plain(block.texts.get(self.spoken) or block.texts.get(self.text.source, ""))
        short = words if len(words) <= TITLE_WORDS else f"{words[:TITLE_WORDS].rstrip()}…"
        return " ".join(part for part in (self.labels[block.lineage], short) if part)

    def was(self, one: Contribution) -> str:
        """The words of the draft that an amendment changes, in the language it was written in."""
        block = self.block(one.lineage)
        return canonical(block.texts.get(one.language, "")) if block else ""

    def row(self, line: Line) -> "Row":
        """A contribution as a page shows it."""
        return Row(self, line)


@dataclass(frozen=True)
class Row:
    """A contribution on a page."""

    at: AtRound
    line: Line

    @property
    def one(self) -> Contribution:
        """The contribution."""
        return self.line.contribution

    @property
    def organisation(self) -> Organisation:
        """Who says it."""
        return self.line.organisation

    @property
    def stamp(self) -> str:
        """What the page remembers of it."""
        standing = (self.line.approved, self.line.proposed)
        return stamp(self.one, {row.state: row for row in standing if row})

    @property
    def replaces(self) -> bool:
        """Whether it proposes other words for a paragraph."""
        return self.one.proposal_kind is ProposalKind.REPLACE

    @property
    def deletes(self) -> bool:
        """Whether it proposes to take the paragraph out."""
        return self.one.proposal_kind is ProposalKind.DELETE


def desk_of(code: str) -> Desk:
    """Let the secretariat, or a consultant of the process, in; to others there is no such page."""
    session = get_session()
    consultation = get_consultation(session, code)
    check(policy.may_draft(g.actor, consultation.process_id))
    return Desk(consultation, rounds_of(session, consultation), now())


def at_round(code: str, call: str) -> AtRound:
    """The desk at a round of its own; raises `NotFound`."""
    desk = desk_of(code)
    for one, each in desk.rounds:
        if each.code == call:
            return AtRound(desk, one, each)
    raise NotFound(_l("There is no round with the code %(code)s.", code=call))


def sections(text: Document) -> list[Block]:
    """The headings of a draft."""
    return [block for block in text.blocks if block.kind is BlockKind.HEADING]


def init_app(app: Flask) -> None:
    """Let templates say where pages of the desk stand."""
    app.jinja_env.globals.update(desk_parts=desk_parts, desk_home=desk_home)
