"""One paragraph of a draft in work, with the words it had before and what was said of it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import request

from consult.queries.amendments import Decided, Listed, admitted_on, said_on
from consult.routes.drafting_steps import FORMS, changed, filled_in
from consult.routes.drafting_view import Drafting, identities, needs, shown
from consult.services.drafting import mark_of
from consult.text.document import Block, BlockKind
from core.access import check
from core.db import get_session
from core.paging import pages, rows_on

PER_PAGE = 40
"""Contributions of each list on the page of a paragraph."""


@dataclass(frozen=True)
class Part:
    """A page of a list. `total`: how many the whole list has; `page`, `last`: from 1."""

    rows: list[Decided]
    total: int
    page: int
    last: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph on its page. `block` None: somebody took it out since the page was made."""

    desk: Drafting
    lineage: UUID
    block: Block | None

    @cached_property
    def origins(self) -> list[Block]:
        """The paragraphs of the draft before that it goes on for; none for a new one."""
        if self.desk.before is None:
            return []
        heirs, blocks = self.desk.heirs, self.desk.before.blocks
        found = [one for one in blocks if self.lineage in heirs[one.lineage]]
        return found or [one for one in blocks if one.lineage == self.lineage]

    def was(self, language: str) -> str:
        """Its words in the draft before."""
        return " ".join(text for one in self.origins if (text := one.texts.get(language, "")))

    def now(self, language: str) -> str:
        """Its words as they are stored now."""
        return self.block.texts.get(language, "") if self.block else ""

    def field(self, language: str) -> str:
        """What the field holds: what was typed, else the words as they are now."""
        return request.form.get(f"text-{language}", shown(self.now(language)))

    def standing(self, name: str) -> str:
        """What a field of its form or place holds as it stands now."""
        if self.block is None:
            return ""
        above = self.neighbours[0]
        return {
            "form": f"{self.block.kind}-{self.block.level}",
            "number": self.block.number,
            "start": str(self.block.start or ""),
            "label": self.block.label,
            "after": str(above.lineage) if above else "",
        }[name]

    def held(self, name: str) -> str:
        """What such a field shows: what was chosen anew, else how the paragraph stands."""
        return request.form[name] if changed(name) else self.standing(name)

    def filled_in(self, step: str) -> bool:
        """Whether fields of a step were filled in on the page that was sent."""
        return step in filled_in(self.desk.document.languages)

    def needs(self, language: str) -> str:
        """Whether its translation is "missing" or "stale"."""
        return needs(self.desk.document, self.block, language) if self.block else ""

    @property
    def mark(self) -> str:
        """What the page remembers of it."""
        return mark_of(self.block) if self.block else ""

    @cached_property
    def listed(self) -> list[Listed]:
        """The admitted contributions on what it was before, by number."""
        wanted = [one.lineage for one in self.origins]
        return said_on(get_session(), self.desk.base, wanted) if self.desk.base else []

    @cached_property
    def accepted(self) -> Part:
        """Those of them that were accepted, wholly or partly: first what is not in the text yet."""
        found = sorted((one.id for one in self.listed if one.accepted), key=self._done)
        return self._part("accepted", found, identities("contribution"))

    @cached_property
    def others(self) -> Part:
        """The rest of what was said."""
        return self._part("others", [one.id for one in self.listed if not one.accepted])

    def _done(self, contribution: UUID) -> bool:
        return contribution in self.desk.taken

    def _part(self, name: str, ids: list[UUID], ticked: Collection[UUID] = ()) -> Part:
        """The page of a list that the address asks for; what was ticked stays on it."""
        last = pages(len(ids), PER_PAGE)
        page = min(max(request.args.get(name, 1, type=int), 1), last)
        shown_here = [*rows_on(page, ids, PER_PAGE)]
        shown_here += [one for one in ids if one in ticked and one not in shown_here]
        base = self.desk.base
        found = admitted_on(get_session(), base, shown_here) if base and shown_here else []
        rows = sorted(found, key=lambda one: shown_here.index(one.contribution.id))
        return Part(rows, len(ids), page, last)

    def chosen(self, one: Decided) -> bool:
        """Whether a contribution is ticked: as typed, or because nothing follows it yet."""
        if request.method == "POST":
            return str(one.contribution.id) in request.form.getlist("contribution")
        return False

    @property
    def neighbours(self) -> tuple[Block | None, Block | None]:
        """The paragraphs before and after it."""
        if self.block is None:
            return None, None
        blocks, at = self.desk.document.blocks, self.desk.document.at[self.lineage]
        return blocks[at - 1] if at else None, blocks[at + 1] if at + 1 < len(blocks) else None

    @property
    def mergeable(self) -> bool:
        """Whether a paragraph follows that it could be merged with."""
        following = self.neighbours[1]
        kinds = {self.block.kind if self.block else None, following.kind if following else None}
        return not kinds & {None, BlockKind.FOOTNOTE}

    @property
    def forms(self) -> tuple[str, ...]:
        """The numberings offered, its own among them."""
        own = self.block.number if self.block else ""
        return FORMS if own in FORMS else (own, *FORMS)


def paragraph_at(desk: Drafting, lineage: UUID, *, gone: bool = False) -> Paragraph:
    """A paragraph of a draft; raises `NotFound` where it is none, unless it may be gone."""
    block = desk.document.find(lineage)
    check(block is not None or gone)
    return Paragraph(desk, lineage, block)
